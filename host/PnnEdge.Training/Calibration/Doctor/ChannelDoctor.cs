using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What a channel's figures say of its wiring.</summary>
public static class ChannelDoctor
{
    private const string NeedsWire = "Needs a loopback plug (--loopback).";
    private const string NeedsTime = "Loaded first, read afterwards.";

    // Of the variance of readings of random samples, that is not a sum of the samples around each; ours. A codec's filter leaves 2 %, if it is half a sample late.
    private const double MostUnlikeWire = 0.05;

    /// <param name="plugGain">Of the wire: 1, or that of a divider in it.</param>
    public static IReadOnlyList<DoctorCheck> Judge(ChannelOutcome outcome, ChannelPath path, double plugGain, SystemDescription system, DoctorLimits limits)
    {
        List<DoctorCheck> checks = [Follows(outcome), Stuck(outcome, system)];
        if (outcome.Figures is not ChannelFigures f) { return checks; }
        bool wire = path == ChannelPath.Loopback;
        double step = system.MeasurementStepVolts, span = system.MeasurementRange.MaxVolts - system.MeasurementRange.MinVolts;
        checks.Add(wire ? Wire(f) : NotChecked("wire", string.Empty, NeedsWire));
        checks.Add(wire
            ? Below(DoctorLimits.Gain, f.Line.Gain with { Value = f.Line.Gain.Value - plugGain }, 100 / plugGain, limits, "%", "Check the range that output and input are set to, and their references.")
            : Told(DoctorLimits.Gain, f.Line.Gain, "V/V", "Small-signal, at the operating point."));
        checks.Add(wire && f.AgainstMiddle ? NotChecked(DoctorLimits.Offset, "%", "An input that does not pass DC has none.")
            : wire
            ? Below(DoctorLimits.Offset, f.Line.OffsetVolts, 100 / span, limits, "%", "Check grounds and the bias of the level shifter.")
            : NotChecked(DoctorLimits.Offset, "%", NeedsWire));
        checks.Add(!wire ? NotChecked(DoctorLimits.Linearity, "steps", NeedsWire)
            : step == 0 ? Told(DoctorLimits.Linearity, f.WorstResidualVolts, "V", "This bench does not tell its converter's step.")
            : Below(DoctorLimits.Linearity, f.WorstResidualVolts, 1 / step, limits, "steps", "Check the reference's load and the buffer's headroom; 'pnn calibrate' keeps the curve."));
        checks.Add(Codes(f, wire));
        checks.Add(wire ? Range(f, system, limits) : NotChecked(DoctorLimits.Range, "%", NeedsWire));
        checks.Add(Noise(f, wire, step, span, limits));
        checks.Add(!wire ? NotChecked(DoctorLimits.Crosstalk, "dB", NeedsWire) : f.Lags is null ? NotChecked(DoctorLimits.Crosstalk, "dB", NeedsTime) : Crosstalk(f.Lags, limits));
        if (f.ActuatorLeaks.Count > 0) { checks.Add(Leak(f.ActuatorLeaks.MaxBy(leak => leak.Decibels)!, limits)); }
        checks.Add(f.Lags is null ? NotChecked(DoctorLimits.Latency, "samples", NeedsTime)
            : wire ? Below(DoctorLimits.Latency, f.Lags.DelaySamples, 1, limits, "samples", "The reading belongs to another sample than was played; check the converters' clocks and the codec's delay.")
            : Told(DoctorLimits.Latency, f.Lags.DelaySamples, "samples", "Physics included."));
        checks.Add(Told("drift", f.Drift.GainPerThousandShots.Times(100), "% gain per 1000 shots", string.Empty));
        return checks;
    }

    private static DoctorCheck Follows(ChannelOutcome outcome) => outcome.Figures is ChannelFigures f
        ? Told("follows", f.Line.Gain, "V/V", string.Empty)
        : new DoctorCheck("follows", double.NaN, double.NaN, double.NaN, "V/V", DoctorVerdict.Wrong, outcome.Deaf!);

    private static DoctorCheck Stuck(ChannelOutcome outcome, SystemDescription system) => system.MeasurementStepVolts == 0
        ? NotChecked("stuck", "bits", "This bench does not tell its converter's step.")
        : outcome is { Deaf: not null, StuckBits.Count: 0 } ? NotChecked("stuck", "bits", "The readings do not move far enough.")
        : new DoctorCheck("stuck", outcome.StuckBits.Count, double.NaN, 0, "bits", outcome.StuckBits.Count == 0 ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            outcome.StuckBits.Count == 0 ? string.Empty : $"Bit {string.Join(", ", outcome.StuckBits)} of the readings never changes (0 is the least); check data lines and clock edge, then the converter.");

    private static DoctorCheck Wire(ChannelFigures f)
    {
        double share = Math.Max(f.Line.ResidualShare, f.Lags?.UnexplainedShare ?? 0);
        bool isWire = share <= MostUnlikeWire;
        return new DoctorCheck("wire", 100 * share, double.NaN, 100 * MostUnlikeWire, "% of variance", isWire ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            isWire ? string.Empty : "What stands between output and input is no wire; leave out --loopback, or plug one in.");
    }

    private static DoctorCheck Codes(ChannelFigures f, bool wire)
    {
        if (!wire) { return NotChecked("codes", "missing", NeedsWire); }
        if (f.Codes is not CodeDensity codes) { return NotChecked("codes", "missing", "Steps cannot be told apart here: the converter is too fine, or too little noise spreads a level over several."); }
        return new DoctorCheck("codes", codes.Missing, double.NaN, 0, "missing", codes.Missing == 0 ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            codes.Missing == 0 ? string.Empty : $"Of {codes.Codes} steps {codes.Missing} are never or hardly ever read; the converter or its data lines lose bits.");
    }

    private static DoctorCheck Range(ChannelFigures f, SystemDescription system, DoctorLimits limits)
    {
        double all = system.StimulusRange.MaxVolts - system.StimulusRange.MinVolts, followed = f.Range.DriveVolts.MaxVolts - f.Range.DriveVolts.MinVolts;
        double percent = 100 * followed / all, limit = limits[DoctorLimits.Range];
        bool sound = percent >= limit;
        return new DoctorCheck(DoctorLimits.Range, percent, double.NaN, limit, "%", sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            sound ? string.Empty : $"Readings follow drives of {f.Range.DriveVolts} only; check supply, front end and the input's range.");
    }

    private static DoctorCheck Noise(ChannelFigures f, bool wire, double step, double span, DoctorLimits limits)
    {
        var worst = Uncertain.Deviation(f.Noise.WorstVolts, f.Noise.DegreesOfFreedom / f.Range.Levels);
        string advice = FormattableString.Invariant($"Noisiest at {f.Noise.WorstDriveVolts:G3} V; check shields, ground loops and the supply.");
        return wire && step > 0
            ? Below(DoctorLimits.Noise, worst, 1 / step, limits, "steps", advice)
            : Below(DoctorLimits.Noise, worst, 100 / span, limits, "% of range", advice);
    }

    private static DoctorCheck Crosstalk(LagResponse lags, DoctorLimits limits)
    {
        NeighbourTap neighbour = lags.Neighbour;
        double limit = limits[DoctorLimits.Crosstalk];
        bool sound = neighbour.Decibels <= limit;
        return new DoctorCheck(DoctorLimits.Crosstalk, neighbour.Decibels, double.NaN, limit, "dB", sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            sound ? string.Empty : $"Sample {neighbour.Lag - lags.PeakLag:+0;-0} leaks into each reading; give the input more time to settle, or discard a first conversion.");
    }

    private static DoctorCheck Leak(ActuatorLeak leak, DoctorLimits limits)
    {
        double limit = limits[DoctorLimits.Crosstalk];
        bool sound = leak.Decibels <= limit;
        return new DoctorCheck("leak", leak.Decibels, double.NaN, limit, "dB", sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            sound ? string.Empty : $"Actuator {leak.Actuator} is read on the input; keep its lines and its return away from the input's.");
    }

    private static DoctorCheck Below(string name, Uncertain measured, double scale, DoctorLimits limits, string unit, string advice)
    {
        Uncertain scaled = measured.Times(scale);
        bool sound = Math.Abs(scaled.Value) <= limits[name];
        return new DoctorCheck(name, scaled.Value, scaled.Expanded95, limits[name], unit, sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong, sound ? string.Empty : advice);
    }

    private static DoctorCheck Told(string name, Uncertain measured, string unit, string says) =>
        new(name, measured.Value, measured.Expanded95, double.NaN, unit, DoctorVerdict.Sound, says);

    private static DoctorCheck NotChecked(string name, string unit, string advice) => new(name, double.NaN, double.NaN, double.NaN, unit, DoctorVerdict.NotChecked, advice);
}
