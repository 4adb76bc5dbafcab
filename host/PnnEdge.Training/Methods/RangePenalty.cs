using System.Numerics;
using PnnEdge.Numerics.Elementwise;

namespace PnnEdge.Training.Methods;

/// <summary>Keeps units inside [0, 1]: weight·mean(softplus(−k·u)/k + softplus(k(u − 1))/k).</summary>
/// <remarks>The Lagrangian penalty of Wright et al. 2022. It acts on the unit before clamping, so a clamped slot is pulled back.</remarks>
public readonly record struct RangePenalty(float Weight, float Sharpness)
{
    // One logarithm for so many elements: the product of their 1 + e^-|x|, at most 2 each, stays far below the largest double.
    private const int Block = 64;

    /// <param name="unit">[any], 1.</param> <param name="share">Weight of each element: 1/(number averaged over).</param>
    public double Value(ReadOnlySpan<float> unit, double share)
    {
        double sum = 0;
        Span<float> below = stackalloc float[Block], above = stackalloc float[Block];
        for (int first = 0; first < unit.Length; first += Block)
        {
            ReadOnlySpan<float> block = unit.Slice(first, Math.Min(Block, unit.Length - first));
            for (int i = 0; i < block.Length; i++) { (below[i], above[i]) = (-Sharpness * block[i], Sharpness * (block[i] - 1)); }
            sum += SoftPlus(below, block.Length) + SoftPlus(above, block.Length);
        }

        return Weight * share * sum / Sharpness;
    }

    /// <param name="unit">[any], 1.</param> <param name="share">As in Value.</param> <param name="dunit">[any]; added to.</param>
    public void AddGradient(ReadOnlySpan<float> unit, double share, Span<float> dunit)
    {
        float scale = (float)(Weight * share);
        int i = 0;
        for (; i <= unit.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> u = new(unit[i..]);
            Vector<float> slope = Exponential.Logistic(Sharpness * (u - Vector<float>.One)) - Exponential.Logistic(-Sharpness * u);
            (new Vector<float>(dunit[i..]) + (scale * slope)).CopyTo(dunit[i..]);
        }

        for (; i < unit.Length; i++)
        {
            dunit[i] += scale * (Exponential.Logistic(Sharpness * (unit[i] - 1)) - Exponential.Logistic(-Sharpness * unit[i]));
        }
    }

    /// <summary>Σ ln(1 + e^x), as max(x, 0) + ln(1 + e^-|x|).</summary>
    /// <param name="x">[block]; spoiled. What stands behind <paramref name="count"/> is not summed.</param>
    private static double SoftPlus(Span<float> x, int count)
    {
        double sum = 0, product = 1;
        for (int i = 0; i < count; i++) { sum += MathF.Max(x[i], 0); }
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Exponential.Of(-Vector.Abs(new Vector<float>(x[i..]))).CopyTo(x[i..]);
        }

        for (int i = 0; i < count; i++) { product *= 1.0 + x[i]; }
        return sum + Math.Log(product);
    }
}
