namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What so many z-steps can follow; beyond it the result would be a number without meaning. Ours.</summary>
internal static class SplitStepLimits
{
    /// <summary>κ|A|h, 1: RK4 then leaves 1.2e-4 of a continuous wave that converts wholly.</summary>
    public const double MaxStepCoupling = 0.32;

    /// <summary>(Δk between pump and harmonic)·h, rad, at the edge of the harmonic's band: at 1 that edge is wrong by 4 %, at 2π it would seem phase matched.</summary>
    public const double MaxStepMismatch = 1;

    /// <param name="steps">z-steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">More happens along a step than it can follow.</exception>
    public static void Require(in SecondHarmonicParameters p, int steps)
    {
        double stepMm = p.CrystalMm / steps;
        double coupling = p.CouplingPerMm * SecondHarmonicBench.MaxAmplitudeVolts * stepMm;
        if (!(coupling <= MaxStepCoupling))
        {
            throw new ArgumentOutOfRangeException(
                nameof(p), $"Asked the full crystal for κ|A| = {coupling:g3} along one of {steps} z-steps; possible is up to {MaxStepCoupling}: a shorter crystal or a smaller CouplingPerMm.");
        }

        // Two frequencies of the pump, half as far out each, against their sum.
        double edge = p.WindowRadPerFs;
        double dispersion = (Math.Abs(p.HarmonicDispersionFs2PerMm) / 2 + Math.Abs(p.PumpDispersionFs2PerMm) / 4) * edge * edge;
        double mismatch = (Math.Abs(p.PhaseMismatchPerMm) + Math.Abs(p.GroupVelocityMismatchFsPerMm) * edge + dispersion) * stepMm;
        if (!(mismatch <= MaxStepMismatch))
        {
            throw new ArgumentOutOfRangeException(
                nameof(p), $"Asked the full crystal for a mismatch of {mismatch:g3} rad along one of {steps} z-steps; possible is up to {MaxStepMismatch} rad: a shorter crystal or less mismatch.");
        }
    }
}
