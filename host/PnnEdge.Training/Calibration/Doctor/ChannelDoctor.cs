using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What a channel's figures say of its wiring.</summary>
public static class ChannelDoctor
{
    internal const string LoadedFirst = "Loaded first, read afterwards: samples are channels here, not moments.";

    /// <param name="plugGain">Of the wire: 1, or that of a divider in it.</param>
    public static IReadOnlyList<DoctorCheck> Judge(ChannelOutcome outcome, ChannelPath path, double plugGain, SystemDescription system, DoctorLimits limits)
    {
        DoctorCheck bits = StuckDoctor.Bits(outcome);
        if (outcome.Figures is not ChannelFigures f)
        {
            return [new DoctorCheck("follows", double.NaN, double.NaN, double.NaN, "V/V", DoctorVerdict.Wrong, outcome.Deaf!), bits];
        }

        IReadOnlyList<DoctorCheck> figures = path == ChannelPath.Loopback
            ? PlugDoctor.Judge(f, plugGain, outcome.Words.Step, system, limits)
            : PhysicsDoctor.Judge(f, system, limits);
        return
        [
            Checks.Told("follows", f.Line.Gain, "V/V", string.Empty), bits, .. figures, .. Leaks(f, limits),
            Checks.Told("drift", f.Drift.GainPerThousandShots.Times(100), "% gain per 1000 shots", string.Empty),
        ];
    }

    /// <summary>Noise of the noisiest level, in V.</summary>
    internal static Uncertain WorstNoise(ChannelFigures f) => Uncertain.Deviation(f.Noise.WorstVolts, f.Noise.DegreesOfFreedom / f.Range.Levels);

    internal static string NoiseAdvice(ChannelFigures f) =>
        FormattableString.Invariant($"Noisiest at {f.Noise.WorstDriveVolts:G3} V; check shields, ground loops and the supply.");

    internal static double Span(SystemDescription system) => system.MeasurementRange.MaxVolts - system.MeasurementRange.MinVolts;

    private static IEnumerable<DoctorCheck> Leaks(ChannelFigures f, DoctorLimits limits) =>
        f.ActuatorLeaks.MaxBy(leak => leak.Decibels) is ActuatorLeak worst ? [Checks.Leak($"actuator {worst.Actuator}", worst.Ratio, limits)] : [];
}
