using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The spectrometer: |B(Ω)|² gathered in bins over the middle of the band, blurred, in double precision.</summary>
public static class Spectrometer
{
    /// <param name="harmonic">[sample], B(Ω).</param>
    /// <returns>[bin], V.</returns>
    public static double[] Read(in SecondHarmonicParameters p, ReadOnlySpan<Complex> harmonic)
    {
        double[] volts = new double[ShotLayout.Bins];
        for (int bin = 0; bin < volts.Length; bin++)
        {
            for (int sample = 0; sample < harmonic.Length; sample++)
            {
                double magnitude = harmonic[sample].Magnitude;
                volts[bin] += p.ReadVoltsPerEnergy * BinWeight(p, bin, sample) * magnitude * magnitude;
            }
        }

        return volts;
    }

    /// <summary>The part of one frequency's blurred light that falls into one bin, 1.</summary>
    public static double BinWeight(in SecondHarmonicParameters p, int bin, int sample)
    {
        double middle = SampleAtBins(p, sample);
        return GaussianIntegral.At((bin + 1 - middle) / p.BlurBins) - GaussianIntegral.At((bin - middle) / p.BlurBins);
    }

    /// <summary>Harmonic samples per bin; 4.8 by default.</summary>
    internal static double SamplesPerBin(in SecondHarmonicParameters p) => p.ReadBandFraction * 2 * ShotLayout.FieldSamples / ShotLayout.Bins;

    /// <summary>Where a harmonic sample falls, in bins from the first bin's lower edge.</summary>
    internal static double SampleAtBins(in SecondHarmonicParameters p, int sample) =>
        ShotLayout.Bins / 2.0 + (sample - (ShotLayout.FieldSamples - 1)) / SamplesPerBin(p);
}
