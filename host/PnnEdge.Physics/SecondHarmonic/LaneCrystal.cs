using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The autoconvolution of <see cref="UndepletedCrystal"/> on lanes: Bₖ = Σᵢ AᵢAₖ₋ᵢ, times the transform's length.</summary>
internal static class LaneCrystal
{
    /// <param name="re">[<see cref="LaneTransform.Length"/>], Re A and zeros behind it; becomes Re of A's transform.</param>
    /// <param name="im">As <paramref name="re"/>, for the imaginary part.</param>
    /// <param name="harmonicRe">[<see cref="LaneTransform.Length"/>], Re B; overwritten.</param>
    /// <param name="harmonicIm">As <paramref name="harmonicRe"/>, for the imaginary part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Span<Vector<float>> re, Span<Vector<float>> im, Span<Vector<float>> harmonicRe, Span<Vector<float>> harmonicIm)
    {
        LaneTransform.Forward(re, im);
        for (int at = 0; at < LaneTransform.Length; at++)
        {
            Vector<float> product = re[at] * im[at];
            harmonicRe[at] = Fma(re[at], re[at], -(im[at] * im[at]));
            harmonicIm[at] = product + product;
        }

        LaneTransform.Inverse(harmonicRe, harmonicIm);
    }

    /// <summary>∂loss/∂Aᵢ = 2 Σₖ conj(Aₖ₋ᵢ)·∂loss/∂Bₖ, where a derivative by a complex number is the pair of those by its parts.</summary>
    /// <param name="re">[<see cref="LaneTransform.Length"/>], Re of A's transform, as <see cref="Forward"/> left it.</param>
    /// <param name="im">As <paramref name="re"/>, for the imaginary part.</param>
    /// <param name="dre">[<see cref="LaneTransform.Length"/>], ∂loss/∂Re B and zeros behind it; becomes half of ∂loss/∂Re A.</param>
    /// <param name="dim">As <paramref name="dre"/>, for the imaginary part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void HalfVjp(ReadOnlySpan<Vector<float>> re, ReadOnlySpan<Vector<float>> im, Span<Vector<float>> dre, Span<Vector<float>> dim)
    {
        LaneTransform.Forward(dre, dim);
        for (int at = 0; at < LaneTransform.Length; at++)
        {
            Vector<float> x = dre[at];
            Vector<float> y = dim[at];
            dre[at] = Fma(x, re[at], y * im[at]);
            dim[at] = Fma(y, re[at], -(x * im[at]));
        }

        LaneTransform.Inverse(dre, dim);
    }
}
