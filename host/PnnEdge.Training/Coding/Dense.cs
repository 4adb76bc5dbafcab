using PnnEdge.Numerics.Linear;

namespace PnnEdge.Training.Coding;

/// <summary>A trainable digital linear layer beside the physics: y = x·wᵀ + b.</summary>
public static class Dense
{
    /// <param name="x">[shot, input].</param> <param name="weight">[output, input].</param> <param name="offset">[output].</param>
    /// <param name="y">[shot, output]; overwritten.</param>
    public static void Forward(ReadOnlySpan<float> x, int shots, ReadOnlySpan<float> weight, ReadOnlySpan<float> offset, Span<float> y)
    {
        MatrixProduct.TimesTransposed(x, weight, shots, x.Length / shots, offset.Length, y);
        Rows.AddToEach(offset, shots, y);
    }

    /// <param name="x">[shot, input], as given to Forward.</param> <param name="dy">[shot, output].</param>
    /// <param name="dx">[shot, input]; overwritten; empty when nobody asks.</param>
    /// <param name="dweight">[output, input]; added to.</param> <param name="doffset">[output]; added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> x, int shots, ReadOnlySpan<float> weight, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dweight, Span<float> doffset)
    {
        int inputs = x.Length / shots, outputs = doffset.Length;
        MatrixProduct.AddTransposedTimes(dy, x, outputs, shots, inputs, dweight);
        Rows.AddToEachVjp(dy, shots, doffset);
        if (!dx.IsEmpty) { MatrixProduct.Times(dy, weight, shots, outputs, inputs, dx); }
    }
}
