using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The system's equations at one set of parameters as single-precision numbers, common to all lanes, made from the
/// double-precision ones. Setting allocates nothing.
/// </summary>
internal sealed class OpticalTable
{
    // What lies further out is below 1e-9, under single precision's rounding.
    private const double GaussianReach = 6;

    private const int MaxPixelTaps = 2 * (int)(GaussianReach * SecondHarmonicParameterRanges.MaxPointSpreadPixels) + 4;

    private readonly float[] _pixelWeights = new float[ShotLayout.SubSamplesPerPixel * MaxPixelTaps];
    private readonly int[] _binStart = new int[ShotLayout.Bins + 1];
    private readonly int[] _binFirstSample = new int[ShotLayout.Bins];
    private readonly float[] _binWeights = new float[ShotLayout.Bins * ShotLayout.HarmonicSamples];

    /// <summary>[pixel], a unit's gains, 1.</summary>
    public float[] PixelGain { get; } = new float[ShotLayout.Pixels];

    /// <summary>[sample], <see cref="PulseShaper.Laser"/>.</summary>
    public float[] LaserRe { get; } = new float[ShotLayout.FieldSamples];

    public float[] LaserIm { get; } = new float[ShotLayout.FieldSamples];

    /// <summary>[sample], V per |Σ AᵢAₖ₋ᵢ|² as <see cref="LaneTransform"/> scales it.</summary>
    public float[] CrystalGain { get; } = new float[ShotLayout.HarmonicSamples];

    /// <summary>First pixel that a pump sample of pixel 0 sees; every further pixel's samples see one pixel more.</summary>
    public int FirstPixelTap { get; private set; }

    public int PixelTaps { get; private set; }

    /// <summary>[tap], the weights of an even (0) or odd (1) pump sample.</summary>
    public ReadOnlySpan<float> PixelWeights(int parity) => _pixelWeights.AsSpan(parity * MaxPixelTaps, PixelTaps);

    /// <summary>First harmonic sample of a bin, and the weights of it and those after it.</summary>
    public ReadOnlySpan<float> BinWeights(int bin, out int firstSample)
    {
        firstSample = _binFirstSample[bin];
        return _binWeights.AsSpan(_binStart[bin].._binStart[bin + 1]);
    }

    /// <param name="pixelGains">[pixel], 1.</param>
    public static OpticalTable Of(in SecondHarmonicParameters p, ReadOnlySpan<double> pixelGains)
    {
        var table = new OpticalTable();
        table.SetSpectrometer(p);
        table.SetShaperAndCrystal(p, pixelGains);
        return table;
    }

    /// <summary>All but the spectrometer, which no drift and no fault touches.</summary>
    /// <param name="pixelGains">[pixel], 1.</param>
    public void SetShaperAndCrystal(in SecondHarmonicParameters p, ReadOnlySpan<double> pixelGains)
    {
        double shiftPixels = p.ShiftWindows * ShotLayout.Pixels;
        double reach = GaussianReach * p.PointSpreadPixels;
        FirstPixelTap = (int)Math.Floor(shiftPixels - reach);
        PixelTaps = (int)Math.Ceiling(shiftPixels + 1 + reach) - FirstPixelTap;

        // Only the distance of a sample and a pixel counts: the weights of the middle's samples are everyone's.
        const int middlePixel = ShotLayout.Pixels / 2;
        for (int parity = 0; parity < ShotLayout.SubSamplesPerPixel; parity++)
        {
            for (int tap = 0; tap < PixelTaps; tap++)
            {
                _pixelWeights[parity * MaxPixelTaps + tap] = (float)PulseShaper.PixelWeight(
                    p, ShotLayout.SubSamplesPerPixel * middlePixel + parity, middlePixel + FirstPixelTap + tap);
            }
        }

        for (int pixel = 0; pixel < ShotLayout.Pixels; pixel++)
        {
            PixelGain[pixel] = (float)pixelGains[pixel];
        }

        for (int sample = 0; sample < ShotLayout.FieldSamples; sample++)
        {
            Complex laser = PulseShaper.Laser(p, sample);
            LaserRe[sample] = (float)laser.Real;
            LaserIm[sample] = (float)laser.Imaginary;
        }

        for (int sample = 0; sample < ShotLayout.HarmonicSamples; sample++)
        {
            double response = UndepletedCrystal.Response(p, sample).Magnitude / LaneTransform.Length;
            CrystalGain[sample] = (float)(p.ReadVoltsPerEnergy * response * response);
        }
    }

    private void SetSpectrometer(in SecondHarmonicParameters p)
    {
        double perBin = Spectrometer.SamplesPerBin(p);
        double firstEdge = ShotLayout.FieldSamples - 1 - ShotLayout.Bins / 2.0 * perBin;
        double reach = GaussianReach * p.BlurBins * perBin;
        int weights = 0;
        for (int bin = 0; bin < ShotLayout.Bins; bin++)
        {
            int first = Math.Max(0, (int)Math.Ceiling(firstEdge + bin * perBin - reach));
            int last = Math.Min(ShotLayout.HarmonicSamples - 1, (int)Math.Floor(firstEdge + (bin + 1) * perBin + reach));
            _binStart[bin] = weights;
            _binFirstSample[bin] = first;
            for (int sample = first; sample <= last; sample++)
            {
                _binWeights[weights++] = (float)Spectrometer.BinWeight(p, bin, sample);
            }
        }

        _binStart[ShotLayout.Bins] = weights;
    }
}
