using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The coupling of <see cref="SplitStepCrystal"/> on lanes, ∂A/∂z = iκA*B and ∂B/∂z = iκA², each time for itself: one RK4 step.</summary>
internal static class LaneCoupling
{
    /// <param name="coupling">κh of the step, 1.</param>
    /// <param name="pumpRe">[time], Re A; overwritten.</param>
    /// <param name="pumpIm">[time], Im A; overwritten.</param>
    /// <param name="harmonicRe">[time], Re B; overwritten.</param>
    /// <param name="harmonicIm">[time], Im B; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(
        float coupling, Span<Vector<float>> pumpRe, Span<Vector<float>> pumpIm, Span<Vector<float>> harmonicRe, Span<Vector<float>> harmonicIm)
    {
        Fields whole = Scale(coupling);
        Fields half = Scale(coupling / 2);
        Fields sixth = Scale(coupling / 6);
        for (int at = 0; at < pumpRe.Length; at++)
        {
            var start = new Fields(pumpRe[at], pumpIm[at], harmonicRe[at], harmonicIm[at]);
            Fields first = Slope(start);
            Fields second = Slope(Step(start, half, first));
            Fields third = Slope(Step(start, half, second));
            Fields fourth = Slope(Step(start, whole, third));
            Fields end = Step(start, sixth, Sum(first, second, third, fourth));
            pumpRe[at] = end.PumpRe;
            pumpIm[at] = end.PumpIm;
            harmonicRe[at] = end.HarmonicRe;
            harmonicIm[at] = end.HarmonicIm;
        }
    }

    // iA*B and iA². The latter's real part is −2·Re A·Im A; the −2 is in the scale.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fields Slope(in Fields at) => new(
        Fma(at.PumpIm, at.HarmonicRe, -(at.PumpRe * at.HarmonicIm)),
        Fma(at.PumpRe, at.HarmonicRe, at.PumpIm * at.HarmonicIm),
        at.PumpRe * at.PumpIm,
        Fma(at.PumpRe, at.PumpRe, -(at.PumpIm * at.PumpIm)));

    private static Fields Scale(float step) => new(new(step), new(step), new(-2 * step), new(step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fields Step(in Fields from, in Fields scale, in Fields slope) => new(
        Fma(slope.PumpRe, scale.PumpRe, from.PumpRe),
        Fma(slope.PumpIm, scale.PumpIm, from.PumpIm),
        Fma(slope.HarmonicRe, scale.HarmonicRe, from.HarmonicRe),
        Fma(slope.HarmonicIm, scale.HarmonicIm, from.HarmonicIm));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fields Sum(in Fields first, in Fields second, in Fields third, in Fields fourth) => new(
        Sum(first.PumpRe, second.PumpRe, third.PumpRe, fourth.PumpRe),
        Sum(first.PumpIm, second.PumpIm, third.PumpIm, fourth.PumpIm),
        Sum(first.HarmonicRe, second.HarmonicRe, third.HarmonicRe, fourth.HarmonicRe),
        Sum(first.HarmonicIm, second.HarmonicIm, third.HarmonicIm, fourth.HarmonicIm));

    // Runge and Kutta's weights, times 6.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sum(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth)
    {
        Vector<float> middle = second + third;
        return first + fourth + (middle + middle);
    }

    private readonly struct Fields(Vector<float> pumpRe, Vector<float> pumpIm, Vector<float> harmonicRe, Vector<float> harmonicIm)
    {
        public readonly Vector<float> PumpRe = pumpRe;
        public readonly Vector<float> PumpIm = pumpIm;
        public readonly Vector<float> HarmonicRe = harmonicRe;
        public readonly Vector<float> HarmonicIm = harmonicIm;
    }
}
