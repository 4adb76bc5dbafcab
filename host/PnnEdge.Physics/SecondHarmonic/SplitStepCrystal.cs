using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// Both fields through the crystal, with pump depletion, group-velocity mismatch and dispersion, in double precision:
/// ∂A/∂z = −i(β₂₁/2)∂²A/∂t² + iκA*B·e^{−iΔk₀z} and ∂B/∂z = −δ∂B/∂t − i(β₂₂/2)∂²B/∂t² + iκA²·e^{+iΔk₀z}, in the pump's frame.
/// </summary>
/// <remarks>
/// Symmetric splitting (Strang 1968): half a linear step in Ω, one RK4 step of the coupling in t, half a linear step.
/// B·e^{−iΔk₀z} is what is stepped, so that Δk₀ is one more linear term and the coupling knows no z.
/// </remarks>
public static class SplitStepCrystal
{
    /// <summary>Default number of z-steps: an error of 1e-4 of the harmonic while half of the energy is converted.</summary>
    public const int Steps = 50;

    /// <param name="spacingRadPerFs">Of Ω; the fields span one period, 2π/spacing.</param>
    /// <param name="offsetRadPerFs">Where the pump's field stands as e^{iΩt} from ω₀; the harmonic's stands twice as far from 2ω₀.</param>
    /// <param name="pump">[time], A, a power of two; overwritten.</param>
    /// <param name="harmonic">[time], B, as many; overwritten.</param>
    public static void Propagate(
        in SecondHarmonicParameters p, double spacingRadPerFs, double offsetRadPerFs, Span<Complex> pump, Span<Complex> harmonic, int steps = Steps)
    {
        double stepMm = p.CrystalMm / steps;
        Complex[] pumpHalf = PumpTurns(p, spacingRadPerFs, offsetRadPerFs, pump.Length, stepMm / 2);
        Complex[] harmonicHalf = HarmonicTurns(p, spacingRadPerFs, 2 * offsetRadPerFs, pump.Length, stepMm / 2);
        for (int step = 0; step < steps; step++)
        {
            Turn(pump, pumpHalf);
            Turn(harmonic, harmonicHalf);
            Couple(p.CouplingPerMm, stepMm, pump, harmonic);
            Turn(pump, pumpHalf);
            Turn(harmonic, harmonicHalf);
        }

        Complex phase = Complex.FromPolarCoordinates(1, p.PhaseMismatchPerMm * p.CrystalMm);
        for (int n = 0; n < harmonic.Length; n++)
        {
            harmonic[n] *= phase;
        }
    }

    /// <summary>What dispersion turns the pump by per length, 1/mm, at an Ω from ω₀.</summary>
    // With e^{+iΩt}, ∂/∂t is iΩ: −i(β/2)∂²/∂t² is +iβΩ²/2, and −δ∂/∂t is −iδΩ.
    internal static double PumpRadPerMm(in SecondHarmonicParameters p, double radPerFs) => p.PumpDispersionFs2PerMm / 2 * radPerFs * radPerFs;

    /// <summary>What dispersion, group-velocity and phase mismatch turn the harmonic by per length, 1/mm, at an Ω from 2ω₀.</summary>
    internal static double HarmonicRadPerMm(in SecondHarmonicParameters p, double radPerFs) =>
        p.HarmonicDispersionFs2PerMm / 2 * radPerFs * radPerFs - p.GroupVelocityMismatchFsPerMm * radPerFs - p.PhaseMismatchPerMm;

    private static Complex[] PumpTurns(in SecondHarmonicParameters p, double spacing, double offset, int length, double mm)
    {
        var turns = new Complex[length];
        for (int j = 0; j < length; j++)
        {
            double omega = Omega(j, length, spacing, offset);
            turns[j] = Complex.FromPolarCoordinates(1.0 / length, mm * PumpRadPerMm(p, omega));
        }

        return turns;
    }

    private static Complex[] HarmonicTurns(in SecondHarmonicParameters p, double spacing, double offset, int length, double mm)
    {
        var turns = new Complex[length];
        for (int j = 0; j < length; j++)
        {
            double omega = Omega(j, length, spacing, offset);
            turns[j] = Complex.FromPolarCoordinates(1.0 / length, mm * HarmonicRadPerMm(p, omega));
        }

        return turns;
    }

    private static double Omega(int j, int length, double spacing, double offset) => offset + spacing * (j < length / 2 ? j : j - length);

    private static void Turn(Span<Complex> field, ReadOnlySpan<Complex> turns)
    {
        FourierTransform.ToSpectrum(field);
        for (int j = 0; j < field.Length; j++)
        {
            field[j] *= turns[j];
        }

        FourierTransform.ToTime(field);
    }

    private static void Couple(double kappa, double h, Span<Complex> pump, Span<Complex> harmonic)
    {
        for (int n = 0; n < pump.Length; n++)
        {
            Complex a = pump[n];
            Complex b = harmonic[n];
            (Complex a1, Complex b1) = Slope(kappa, a, b);
            (Complex a2, Complex b2) = Slope(kappa, a + h / 2 * a1, b + h / 2 * b1);
            (Complex a3, Complex b3) = Slope(kappa, a + h / 2 * a2, b + h / 2 * b2);
            (Complex a4, Complex b4) = Slope(kappa, a + h * a3, b + h * b3);
            pump[n] = a + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
            harmonic[n] = b + h / 6 * (b1 + 2 * b2 + 2 * b3 + b4);
        }
    }

    private static (Complex Pump, Complex Harmonic) Slope(double kappa, Complex a, Complex b)
    {
        Complex coupling = Complex.ImaginaryOne * kappa;
        return (coupling * Complex.Conjugate(a) * b, coupling * a * a);
    }
}
