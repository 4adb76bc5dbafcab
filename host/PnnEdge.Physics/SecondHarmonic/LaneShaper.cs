using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary><see cref="PulseShaper"/> on lanes.</summary>
internal static class LaneShaper
{
    /// <param name="pixels">[pixel], amplitude asked for; becomes the unit's.</param>
    /// <param name="re">[sample], Re A(Ω); overwritten.</param>
    /// <param name="im">[sample], Im A(Ω); overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(OpticalTable table, Span<Vector<float>> pixels, Span<Vector<float>> re, Span<Vector<float>> im)
    {
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            pixels[pixel] *= new Vector<float>(table.PixelGain[pixel]);
        }

        for (int sample = 0; sample < ShotLayout.FieldSamples; sample++)
        {
            Taps(table, sample, out int first, out ReadOnlySpan<float> weights);
            ReadOnlySpan<Vector<float>> seen = pixels.Slice(first, weights.Length);
            Vector<float> amplitude = Vector<float>.Zero;
            for (int tap = 0; tap < seen.Length; tap++)
            {
                amplitude = Fma(seen[tap], new Vector<float>(weights[tap]), amplitude);
            }

            re[sample] = amplitude * new Vector<float>(table.LaserRe[sample]);
            im[sample] = amplitude * new Vector<float>(table.LaserIm[sample]);
        }
    }

    /// <param name="dre">[sample], ∂loss/∂Re A(Ω).</param>
    /// <param name="dim">[sample], ∂loss/∂Im A(Ω).</param>
    /// <param name="dpixels">[pixel], ∂loss/∂amplitude; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Vjp(OpticalTable table, ReadOnlySpan<Vector<float>> dre, ReadOnlySpan<Vector<float>> dim, Span<Vector<float>> dpixels)
    {
        dpixels.Clear();
        for (int sample = 0; sample < ShotLayout.FieldSamples; sample++)
        {
            Taps(table, sample, out int first, out ReadOnlySpan<float> weights);
            Vector<float> damplitude = Fma(dre[sample], new Vector<float>(table.LaserRe[sample]), dim[sample] * new Vector<float>(table.LaserIm[sample]));
            Span<Vector<float>> seen = dpixels.Slice(first, weights.Length);
            for (int tap = 0; tap < seen.Length; tap++)
            {
                seen[tap] = Fma(damplitude, new Vector<float>(weights[tap]), seen[tap]);
            }
        }

        for (int pixel = 0; pixel < dpixels.Length; pixel++)
        {
            dpixels[pixel] *= new Vector<float>(table.PixelGain[pixel]);
        }
    }

    // The pixels that one sample's spot falls on; beside the shaper is nothing.
    private static void Taps(OpticalTable table, int sample, out int first, out ReadOnlySpan<float> weights)
    {
        int unbounded = sample / ShotLayout.SubSamplesPerPixel + table.FirstPixelTap;
        first = Math.Clamp(unbounded, 0, ShotLayout.Pixels);
        int end = Math.Clamp(unbounded + table.PixelTaps, first, ShotLayout.Pixels);
        weights = first == end ? [] : table.PixelWeights(sample % ShotLayout.SubSamplesPerPixel)[(first - unbounded)..(end - unbounded)];
    }
}
