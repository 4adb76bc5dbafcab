namespace PnnEdge.Training.Coding;

internal static class Means
{
    // Summed in double: the mean of equal floats is then that float, and a held slot decodes to the volt that was held.
    public static float Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) { sum += value; }
        return (float)(sum / values.Length);
    }
}
