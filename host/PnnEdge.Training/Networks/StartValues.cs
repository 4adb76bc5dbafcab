using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Networks;

internal static class StartValues
{
    /// <param name="values">[any]; overwritten by draws of mean 0.</param>
    public static void FillNormal(SeededRandom random, Span<float> values, double spread)
    {
        foreach (ref float value in values) { value = (float)(spread * random.NextNormal()); }
    }
}
