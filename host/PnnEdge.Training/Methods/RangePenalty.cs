using PnnEdge.Numerics.Elementwise;

namespace PnnEdge.Training.Methods;

/// <summary>Keeps units inside [0, 1]: weight·mean(softplus(−k·u)/k + softplus(k(u − 1))/k).</summary>
/// <remarks>The Lagrangian penalty of Wright et al. 2022. It acts on the unit before clamping, so a clamped slot is pulled back.</remarks>
public readonly record struct RangePenalty(float Weight, float Sharpness)
{
    /// <param name="unit">[any], 1.</param> <param name="share">Weight of each element: 1/(number averaged over).</param>
    public double Value(ReadOnlySpan<float> unit, double share)
    {
        double sum = 0;
        foreach (float u in unit) { sum += SoftPlus(-Sharpness * u) + SoftPlus(Sharpness * (u - 1)); }
        return Weight * share * sum / Sharpness;
    }

    /// <param name="unit">[any], 1.</param> <param name="share">As in Value.</param> <param name="dunit">[any]; added to.</param>
    public void AddGradient(ReadOnlySpan<float> unit, double share, Span<float> dunit)
    {
        float scale = (float)(Weight * share);
        for (int i = 0; i < unit.Length; i++)
        {
            dunit[i] += scale * (Exponential.Logistic(Sharpness * (unit[i] - 1)) - Exponential.Logistic(-Sharpness * unit[i]));
        }
    }

    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
