namespace PnnEdge.Numerics;

internal static class Require
{
    public static void Length(ReadOnlySpan<float> values, int expected, string name)
    {
        if (values.Length != expected)
        {
            throw new ArgumentException($"{name} has {values.Length} values; its shape asks for {expected}.", name);
        }
    }
}
