using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary><see cref="Spectrometer"/> on lanes, with the crystal's response: linear in |B|², which is not.</summary>
internal static class LaneSpectrometer
{
    /// <param name="gain">[sample], V per |B|² as the crystal leaves it.</param>
    /// <param name="re">[sample or more], Re B.</param>
    /// <param name="im">[sample or more], Im B.</param>
    /// <param name="power">[sample], |B|² behind the crystal; overwritten.</param>
    /// <param name="bins">[bin], V; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        OpticalTable table, ReadOnlySpan<float> gain, ReadOnlySpan<Vector<float>> re, ReadOnlySpan<Vector<float>> im,
        Span<Vector<float>> power, Span<Vector<float>> bins)
    {
        for (int sample = 0; sample < power.Length; sample++)
        {
            power[sample] = Fma(re[sample], re[sample], im[sample] * im[sample]) * new Vector<float>(gain[sample]);
        }

        for (int bin = 0; bin < bins.Length; bin++)
        {
            ReadOnlySpan<float> weights = table.BinWeights(bin, out int first);
            ReadOnlySpan<Vector<float>> seen = power.Slice(first, weights.Length);
            Vector<float> volts = Vector<float>.Zero;
            for (int tap = 0; tap < seen.Length; tap++)
            {
                volts = Fma(seen[tap], new Vector<float>(weights[tap]), volts);
            }

            bins[bin] = volts;
        }
    }

    /// <param name="dbins">[bin], ∂loss/∂bin, 1/V.</param>
    /// <param name="dpower">[sample], scratch; becomes ∂loss/∂|B|².</param>
    /// <param name="re">[<see cref="LaneTransform.Length"/>], Re B; becomes half of ∂loss/∂Re B, and zeros behind it.</param>
    /// <param name="im">As <paramref name="re"/>, for the imaginary part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void HalfVjp(
        OpticalTable table, ReadOnlySpan<Vector<float>> dbins, Span<Vector<float>> dpower, Span<Vector<float>> re, Span<Vector<float>> im)
    {
        dpower.Clear();
        for (int bin = 0; bin < dbins.Length; bin++)
        {
            ReadOnlySpan<float> weights = table.BinWeights(bin, out int first);
            Span<Vector<float>> seen = dpower.Slice(first, weights.Length);
            Vector<float> dbin = dbins[bin];
            for (int tap = 0; tap < seen.Length; tap++)
            {
                seen[tap] = Fma(dbin, new Vector<float>(weights[tap]), seen[tap]);
            }
        }

        for (int sample = 0; sample < dpower.Length; sample++)
        {
            Vector<float> d = dpower[sample] * new Vector<float>(table.CrystalGain[sample]);
            re[sample] *= d;
            im[sample] *= d;
        }

        re[dpower.Length..].Clear();
        im[dpower.Length..].Clear();
    }
}
