using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The crystal while the pump stays as it is: B(Ω) = iκL·sinc(Δk·L/2)·e^{iΔk·L/2}·∫A(ω)A(Ω−ω)dω, Δk = Δk₀ + δΩ, in double precision.</summary>
/// <remarks><see cref="SplitStepCrystal"/> holds the equations without that assumption; a test compares them.</remarks>
public static class UndepletedCrystal
{
    /// <summary>Ω of a harmonic sample, rad/fs from 2ω₀.</summary>
    public static double RadPerFs(in SecondHarmonicParameters p, int sample) => (sample - (ShotLayout.FieldSamples - 1)) * p.SpacingRadPerFs;

    /// <param name="pump">[sample], A(Ω).</param>
    /// <returns>[sample], B(Ω).</returns>
    public static Complex[] Harmonic(in SecondHarmonicParameters p, ReadOnlySpan<Complex> pump)
    {
        Complex[] harmonic = Autoconvolution(pump);
        for (int sample = 0; sample < harmonic.Length; sample++)
        {
            harmonic[sample] *= Response(p, sample);
        }

        return harmonic;
    }

    /// <summary>iκL·sinc(Δk·L/2)·e^{iΔk·L/2}, 1.</summary>
    public static Complex Response(in SecondHarmonicParameters p, int sample)
    {
        double half = (p.PhaseMismatchPerMm + p.GroupVelocityMismatchFsPerMm * RadPerFs(p, sample)) * p.CrystalMm / 2;
        double sinc = half == 0 ? 1 : Math.Sin(half) / half;
        return Complex.ImaginaryOne * Complex.FromPolarCoordinates(p.CouplingPerMm * p.CrystalMm * sinc, half);
    }

    // Σᵢ AᵢAₖ₋ᵢ, exact: zero-padded so far that nothing wraps around.
    private static Complex[] Autoconvolution(ReadOnlySpan<Complex> pump)
    {
        var padded = new Complex[ShotLayout.TransformLength];
        pump.CopyTo(padded);
        FourierTransform.ToTime(padded);
        for (int n = 0; n < padded.Length; n++)
        {
            padded[n] *= padded[n] / padded.Length;
        }

        FourierTransform.ToSpectrum(padded);
        return padded[..ShotLayout.HarmonicSamples];
    }
}
