using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What a channel's figures say where a wire stands in the physics' place: they are both converters' together.</summary>
internal static class PlugDoctor
{
    // Of the variance of readings of random samples, that is not a sum of the samples around each; ours. A codec's filter leaves 2 %, if it is half a sample late.
    private const double MostUnlikeWire = 0.05;

    /// <param name="plugGain">Of the wire: 1, or that of a divider in it.</param>
    /// <param name="wordStepVolts">Of the words behind the readings; 0 where there is none.</param>
    public static IReadOnlyList<DoctorCheck> Judge(ChannelFigures f, double plugGain, double wordStepVolts, SystemDescription system, DoctorLimits limits) =>
    [
        Wire(f),
        Checks.Below(
            DoctorLimits.Gain, f.Line.Gain with { Value = f.Line.Gain.Value - plugGain }, 100 / plugGain, limits, "%",
            "Check the range that output and input are set to, and their references."),
        Offset(f, system, limits),
        Linearity(f, wordStepVolts, system, limits),
        Codes(f, system),
        Range(f, system, limits),
        Noise(f, system, limits),
        Crosstalk(f.Lags, system, limits),
        Latency(f.Lags, limits),
    ];

    private static DoctorCheck Wire(ChannelFigures f)
    {
        double share = Math.Max(f.Line.ResidualShare, f.Lags?.UnexplainedShare ?? 0);
        return Checks.Judged(
            "wire", 100 * share, 100 * MostUnlikeWire, "% of variance", share <= MostUnlikeWire,
            "What stands between output and input is no wire; leave out --loopback, or plug one in.");
    }

    private static DoctorCheck Offset(ChannelFigures f, SystemDescription system, DoctorLimits limits) => f.AgainstMiddle
        ? Checks.NotChecked(DoctorLimits.Offset, "%", "An input that does not pass DC has none.")
        : Checks.Below(DoctorLimits.Offset, f.Line.OffsetVolts, 100 / ChannelDoctor.Span(system), limits, "%", "Check grounds and the bias of the level shifter.");

    private static DoctorCheck Linearity(ChannelFigures f, double wordStepVolts, SystemDescription system, DoctorLimits limits)
    {
        // A mean between the steps has no rounding of its own, and the converter bends in its steps all the same.
        double step = system.IsInterpolated ? wordStepVolts : system.MeasurementStepVolts;
        return step == 0
            ? Checks.Told(DoctorLimits.Linearity, f.WorstResidualVolts, "V", "This bench does not tell its converter's step.")
            : Checks.Below(
                DoctorLimits.Linearity, f.WorstResidualVolts, 1 / step, limits, "steps",
                "Check the reference's load and the buffer's headroom; 'pnn calibrate' keeps the curve.");
    }

    private static DoctorCheck Codes(ChannelFigures f, SystemDescription system) => f.Codes is CodeDensity codes
        ? Checks.Judged(
            "codes", codes.Missing, 0, "missing", codes.Missing == 0,
            $"Of {codes.Codes} steps {codes.Missing} are never or hardly ever read; the converter or its data lines lose bits.")
        : Checks.NotChecked("codes", "missing", system.IsInterpolated
            ? "Readings stand between the converter's steps."
            : "Steps cannot be told apart here: the converter is too fine, or too little noise spreads a level over several.");

    private static DoctorCheck Range(ChannelFigures f, SystemDescription system, DoctorLimits limits)
    {
        double all = system.StimulusRange.MaxVolts - system.StimulusRange.MinVolts, followed = f.Range.DriveVolts.MaxVolts - f.Range.DriveVolts.MinVolts;
        double percent = 100 * followed / all, limit = limits[DoctorLimits.Range];
        return Checks.Judged(
            DoctorLimits.Range, percent, limit, "%", percent >= limit,
            $"Readings follow drives of {f.Range.DriveVolts} only; check supply, front end and the input's range.");
    }

    private static DoctorCheck Noise(ChannelFigures f, SystemDescription system, DoctorLimits limits) => system.MeasurementStepVolts > 0
        ? Checks.Below(DoctorLimits.Noise, ChannelDoctor.WorstNoise(f), 1 / system.MeasurementStepVolts, limits, "steps", ChannelDoctor.NoiseAdvice(f))
        : Checks.Below(DoctorLimits.Noise, ChannelDoctor.WorstNoise(f), 100 / ChannelDoctor.Span(system), limits, "% of range", ChannelDoctor.NoiseAdvice(f));

    private static DoctorCheck Crosstalk(LagResponse? lags, SystemDescription system, DoctorLimits limits)
    {
        if (lags is null) { return Checks.NotChecked(DoctorLimits.Crosstalk, "dB", ChannelDoctor.LoadedFirst); }
        NeighbourTap neighbour = system.IsInterpolated ? lags.NeighbourInBand() : lags.Neighbour;
        double limit = limits[DoctorLimits.Crosstalk];
        return Checks.Judged(
            DoctorLimits.Crosstalk, neighbour.Decibels, limit, "dB", neighbour.Decibels <= limit,
            $"Sample {neighbour.Lag - lags.PeakLag:+0;-0} leaks into each reading; give the input more time to settle, or discard a first conversion.");
    }

    private static DoctorCheck Latency(LagResponse? lags, DoctorLimits limits) => lags is null
        ? Checks.NotChecked(DoctorLimits.Latency, "samples", ChannelDoctor.LoadedFirst)
        : Checks.Below(
            DoctorLimits.Latency, lags.DelaySamples, 1, limits, "samples",
            "The reading belongs to another sample than was played; check the converters' clocks and the codec's delay.");
}
