namespace PnnEdge.Training.Coding;

/// <summary>
/// Stretches of windows to classes: logit = sharpness·attenuation·mean(stretch) + offset, attenuation and offset trainable per class, and the
/// stretches' edges too where asked.
/// </summary>
public static class ClassReadout
{
    /// <summary>A stretch is never narrower, windows.</summary>
    public const float NarrowestWindows = 0.5f;

    /// <param name="carried">[shot, window], 1, of the last layer.</param>
    /// <param name="edges">[class, begin and end], as a fraction of the windows.</param>
    /// <param name="attenuation">[class].</param> <param name="offset">[class].</param>
    /// <param name="logits">[shot, class]; overwritten.</param>
    public static void Forward(
        ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> edges, ReadOnlySpan<float> attenuation, ReadOnlySpan<float> offset, float sharpness,
        Span<float> logits)
    {
        int windows = carried.Length / shots, classes = attenuation.Length;
        for (int c = 0; c < classes; c++)
        {
            Stretch at = Stretch.Of(edges, c, windows);
            for (int s = 0; s < shots; s++)
            {
                logits[(s * classes) + c] = (sharpness * attenuation[c] * at.Mean(carried.Slice(s * windows, windows))) + offset[c];
            }
        }
    }

    /// <param name="carried">[shot, window], as given to Forward.</param> <param name="dlogits">[shot, class], ∂loss/∂logit.</param>
    /// <param name="dcarried">[shot, window]; overwritten.</param>
    /// <param name="dedges">[class, begin and end]; added to, or empty when the edges are fixed.</param>
    /// <param name="dattenuation">[class]; added to.</param> <param name="doffset">[class]; added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> edges, ReadOnlySpan<float> attenuation, float sharpness, ReadOnlySpan<float> dlogits,
        Span<float> dcarried, Span<float> dedges, Span<float> dattenuation, Span<float> doffset)
    {
        int windows = carried.Length / shots, classes = attenuation.Length;
        dcarried.Clear();
        for (int c = 0; c < classes; c++)
        {
            Stretch at = Stretch.Of(edges, c, windows);
            for (int s = 0; s < shots; s++)
            {
                ReadOnlySpan<float> row = carried.Slice(s * windows, windows);
                float d = dlogits[(s * classes) + c], mean = at.Mean(row), dmean = d * sharpness * attenuation[c];
                dattenuation[c] += d * sharpness * mean;
                doffset[c] += d;
                at.AddMeanVjp(dmean, dcarried.Slice(s * windows, windows));
                if (!dedges.IsEmpty)
                {
                    (float dbegin, float dend) = at.EdgeGradient(row, mean);
                    dedges[2 * c] += dmean * dbegin * windows;
                    dedges[(2 * c) + 1] += dmean * dend * windows;
                }
            }
        }
    }

    /// <summary>One class's stretch as a weighted sum: mean = Σ share·carried[first + i] / width.</summary>
    /// <param name="edges">[class, begin and end], as a fraction of the windows.</param>
    public static (int First, float[] Shares, float Width) SumOf(ReadOnlySpan<float> edges, int c, int windows) => Stretch.Of(edges, c, windows).AsSum(windows);

    /// <summary>Equal stretches side by side, on whole windows; they differ by at most one window.</summary>
    /// <returns>[class, begin and end], as a fraction of the windows.</returns>
    public static float[] EqualEdges(int windows, int classes) =>
        [.. Enumerable.Range(0, 2 * classes).Select(i => (float)((long)((i + 1) / 2) * windows / classes) / windows)];

    // From begin to end, in windows; an edge inside a window takes its share of it.
    private readonly record struct Stretch(float Begin, float End, bool BeginIsFree, bool EndIsFree)
    {
        public static Stretch Of(ReadOnlySpan<float> edges, int c, int windows)
        {
            float asked = edges[2 * c] * windows, askedEnd = edges[(2 * c) + 1] * windows;
            float begin = Math.Clamp(asked, 0, windows - NarrowestWindows), end = Math.Clamp(askedEnd, begin + NarrowestWindows, windows);
            return new Stretch(begin, end, begin == asked, end == askedEnd);
        }

        public float Mean(ReadOnlySpan<float> row)
        {
            double sum = 0;
            for (int w = (int)Begin; w < Math.Min(row.Length, (int)MathF.Ceiling(End)); w++) { sum += (double)Share(w) * row[w]; }
            return (float)(sum / (End - Begin));
        }

        public (int First, float[] Shares, float Width) AsSum(int windows)
        {
            int first = (int)Begin;
            Stretch self = this;
            return (first, [.. Enumerable.Range(first, Math.Min(windows, (int)MathF.Ceiling(End)) - first).Select(self.Share)], End - Begin);
        }

        public void AddMeanVjp(float dmean, Span<float> drow)
        {
            float each = dmean / (End - Begin);
            for (int w = (int)Begin; w < Math.Min(drow.Length, (int)MathF.Ceiling(End)); w++) { drow[w] += each * Share(w); }
        }

        // The mean moves towards the window that a widening edge takes in; a clamped edge does not move.
        public (float Begin, float End) EdgeGradient(ReadOnlySpan<float> row, float mean)
        {
            float width = End - Begin;
            int last = Math.Min(row.Length - 1, (int)End);
            return (BeginIsFree ? (mean - row[(int)Begin]) / width : 0, EndIsFree ? (row[last] - mean) / width : 0);
        }

        private float Share(int window) => Math.Min(End, window + 1) - Math.Max(Begin, window);
    }
}
