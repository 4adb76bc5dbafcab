namespace PnnEdge.Training.Coding;

/// <summary>Groups of neighbouring windows to classes: logit = sharpness·attenuation·mean(group) + offset, the last two trainable per class.</summary>
public static class ClassReadout
{
    /// <param name="carried">[shot, window], 1, of the last layer.</param>
    /// <param name="attenuation">[class].</param> <param name="offset">[class].</param>
    /// <param name="logits">[shot, class]; overwritten.</param>
    public static void Forward(
        ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> attenuation, ReadOnlySpan<float> offset, float sharpness, Span<float> logits)
    {
        int windows = carried.Length / shots, classes = attenuation.Length;
        for (int s = 0; s < shots; s++)
        {
            for (int c = 0; c < classes; c++)
            {
                logits[(s * classes) + c] = (sharpness * attenuation[c] * GroupMean(carried.Slice(s * windows, windows), c, classes)) + offset[c];
            }
        }
    }

    /// <param name="carried">[shot, window], as given to Forward.</param> <param name="dlogits">[shot, class], ∂loss/∂logit.</param>
    /// <param name="dcarried">[shot, window]; overwritten.</param>
    /// <param name="dattenuation">[class]; added to.</param> <param name="doffset">[class]; added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> attenuation, float sharpness, ReadOnlySpan<float> dlogits,
        Span<float> dcarried, Span<float> dattenuation, Span<float> doffset)
    {
        int windows = carried.Length / shots, classes = attenuation.Length;
        dcarried.Clear();
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> row = carried.Slice(s * windows, windows);
            for (int c = 0; c < classes; c++)
            {
                float d = dlogits[(s * classes) + c];
                dattenuation[c] += d * sharpness * GroupMean(row, c, classes);
                doffset[c] += d;
                (int start, int end) = Group(windows, c, classes);
                dcarried.Slice((s * windows) + start, end - start).Fill(d * sharpness * attenuation[c] / (end - start));
            }
        }
    }

    /// <summary>The windows of one class; groups differ by at most one window.</summary>
    public static (int Start, int End) Group(int windows, int group, int groups) => (group * windows / groups, (group + 1) * windows / groups);

    private static float GroupMean(ReadOnlySpan<float> row, int group, int groups)
    {
        (int start, int end) = Group(row.Length, group, groups);
        return Means.Of(row[start..end]);
    }
}
