using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The coupling of <see cref="SplitStepCrystal"/> on lanes, ∂A/∂z = iκA*B and ∂B/∂z = iκA², each time for itself: one RK4 step.</summary>
internal static class LaneCoupling
{
    /// <param name="halfStep">κh/2, 1.</param>
    /// <param name="pumpRe">[time], Re A; overwritten.</param>
    /// <param name="pumpIm">[time], Im A; overwritten.</param>
    /// <param name="harmonicRe">[time], Re B; overwritten.</param>
    /// <param name="harmonicIm">[time], Im B; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(
        float halfStep, Span<Vector<float>> pumpRe, Span<Vector<float>> pumpIm, Span<Vector<float>> harmonicRe, Span<Vector<float>> harmonicIm)
    {
        var half = new Vector<float>(halfStep);
        Vector<float> whole = half + half;
        var third = new Vector<float>(1 / 3f);
        for (int at = 0; at < pumpRe.Length; at++)
        {
            Vector<float> aRe = pumpRe[at];
            Vector<float> aIm = pumpIm[at];
            Vector<float> bRe = harmonicRe[at];
            Vector<float> bIm = harmonicIm[at];

            // Runge and Kutta's slopes, over half a step, the third over a whole one: the step is (k₁ + 2k₂ + k₃ + k₄)/3.
            Slope(half, aRe, aIm, bRe, bIm, out Vector<float> a1Re, out Vector<float> a1Im, out Vector<float> b1Re, out Vector<float> b1Im);
            Slope(
                half, aRe + a1Re, aIm + a1Im, bRe + b1Re, bIm + b1Im,
                out Vector<float> a2Re, out Vector<float> a2Im, out Vector<float> b2Re, out Vector<float> b2Im);
            Slope(
                whole, aRe + a2Re, aIm + a2Im, bRe + b2Re, bIm + b2Im,
                out Vector<float> a3Re, out Vector<float> a3Im, out Vector<float> b3Re, out Vector<float> b3Im);
            Slope(
                half, aRe + a3Re, aIm + a3Im, bRe + b3Re, bIm + b3Im,
                out Vector<float> a4Re, out Vector<float> a4Im, out Vector<float> b4Re, out Vector<float> b4Im);
            pumpRe[at] = Fma(a1Re + a2Re + (a2Re + a3Re) + a4Re, third, aRe);
            pumpIm[at] = Fma(a1Im + a2Im + (a2Im + a3Im) + a4Im, third, aIm);
            harmonicRe[at] = Fma(b1Re + b2Re + (b2Re + b3Re) + b4Re, third, bRe);
            harmonicIm[at] = Fma(b1Im + b2Im + (b2Im + b3Im) + b4Im, third, bIm);
        }
    }

    // iA*B and iA², both times the scale.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope(
        Vector<float> scale, Vector<float> aRe, Vector<float> aIm, Vector<float> bRe, Vector<float> bIm,
        out Vector<float> daRe, out Vector<float> daIm, out Vector<float> dbRe, out Vector<float> dbIm)
    {
        Vector<float> re = scale * aRe;
        Vector<float> im = scale * aIm;
        daRe = Fma(im, bRe, -(re * bIm));
        daIm = Fma(re, bRe, im * bIm);
        Vector<float> product = re * aIm;
        dbRe = -(product + product);
        dbIm = Fma(re, aRe, -(im * aIm));
    }
}
