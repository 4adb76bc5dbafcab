using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Laser and pulse shaper: from pixel amplitudes to the pump's field at each Ω, in double precision.</summary>
public static class PulseShaper
{
    /// <summary>Ω of a pump sample, rad/fs from ω₀.</summary>
    public static double RadPerFs(in SecondHarmonicParameters p, int sample) =>
        (sample - (ShotLayout.FieldSamples - 1) / 2.0) * p.SpacingRadPerFs;

    /// <param name="amplitudes">[pixel], 1.</param>
    /// <returns>[sample], A(Ω); the field's value is their sum.</returns>
    public static Complex[] Field(in SecondHarmonicParameters p, ReadOnlySpan<double> amplitudes)
    {
        var field = new Complex[ShotLayout.FieldSamples];
        for (int sample = 0; sample < field.Length; sample++)
        {
            double amplitude = 0;
            for (int pixel = 0; pixel < amplitudes.Length; pixel++)
            {
                amplitude += amplitudes[pixel] * PixelWeight(p, sample, pixel);
            }

            field[sample] = amplitude * Laser(p, sample);
        }

        return field;
    }

    /// <summary>The part of one frequency's Gaussian spot that falls on one pixel, 1.</summary>
    public static double PixelWeight(in SecondHarmonicParameters p, int sample, int pixel)
    {
        double middle = (sample + 0.5) / ShotLayout.SubSamplesPerPixel + p.ShiftWindows * ShotLayout.Pixels;
        return GaussianIntegral.At((pixel + 1 - middle) / p.PointSpreadPixels) - GaussianIntegral.At((pixel - middle) / p.PointSpreadPixels);
    }

    /// <summary>What the laser and its dispersion give at one Ω: √(Gaussian · ripple) · e^{i(GDD·Ω²/2 + TOD·Ω³/6)}, over the number of samples.</summary>
    public static Complex Laser(in SecondHarmonicParameters p, int sample)
    {
        double omega = RadPerFs(p, sample);
        double nanometres = omega / p.WindowRadPerFs * p.WindowNm;
        double widths = nanometres / p.SpectrumFwhmNm;
        double intensity = Math.Exp(-4 * Math.Log(2) * widths * widths)
            * (1 + p.RippleFraction * Math.Cos(2 * Math.PI * nanometres / p.RipplePeriodNm));
        double phase = omega * omega * (p.GroupDelayDispersionFs2 / 2 + p.ThirdOrderDispersionFs3 / 6 * omega);
        return Complex.FromPolarCoordinates(Math.Sqrt(intensity) / ShotLayout.FieldSamples, phase);
    }
}
