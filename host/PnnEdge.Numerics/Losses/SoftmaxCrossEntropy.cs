using PnnEdge.Numerics.Elementwise;

namespace PnnEdge.Numerics.Losses;

/// <summary>Mean over the batch of −log softmax(logits)[label].</summary>
public static class SoftmaxCrossEntropy
{
    /// <param name="logits">[sample, class].</param> <param name="labels">[sample].</param>
    /// <returns>Nats per sample.</returns>
    public static double Forward(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        int classes = Classes(logits, labels);
        double sum = 0;
        for (int s = 0; s < labels.Length; s++)
        {
            ReadOnlySpan<float> row = logits.Slice(s * classes, classes);
            float top = Top(row);
            double total = 0;
            foreach (float logit in row) { total += Exponential.Of(logit - top); }
            sum += Math.Log(total) - (row[Checked(labels[s], classes)] - top);
        }

        return sum / labels.Length;
    }

    /// <param name="logits">[sample, class].</param> <param name="labels">[sample].</param>
    /// <param name="dlogits">[sample, class]; overwritten: (softmax − one-hot)/samples.</param>
    public static void Gradient(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> dlogits)
    {
        int classes = Classes(logits, labels);
        Require.Length(dlogits, logits.Length, nameof(dlogits));
        for (int s = 0; s < labels.Length; s++)
        {
            ReadOnlySpan<float> row = logits.Slice(s * classes, classes);
            Span<float> drow = dlogits.Slice(s * classes, classes);
            float top = Top(row);
            double total = 0;
            for (int c = 0; c < classes; c++) { total += drow[c] = Exponential.Of(row[c] - top); }
            float scale = (float)(1 / (total * labels.Length));
            for (int c = 0; c < classes; c++) { drow[c] *= scale; }
            drow[Checked(labels[s], classes)] -= 1f / labels.Length;
        }
    }

    private static int Classes(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels) =>
        labels.Length > 0 && logits.Length % labels.Length == 0 && logits.Length > 0
            ? logits.Length / labels.Length
            : throw new ArgumentException($"{logits.Length} logits do not divide over {labels.Length} labels.");

    private static int Checked(int label, int classes) =>
        (uint)label < (uint)classes ? label : throw new ArgumentException($"Label {label} is not one of the {classes} classes 0 to {classes - 1}.");

    // A NaN logit must not be passed over by the comparison: it is returned, and makes the whole row NaN.
    private static float Top(ReadOnlySpan<float> row)
    {
        float top = row[0];
        foreach (float value in row) { top = MathF.Max(top, value); }
        return top;
    }
}
