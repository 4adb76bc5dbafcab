using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What a channel's figures say of its wiring.</summary>
public static class ChannelDoctor
{
    private const string LoadedFirst = "Loaded first, read afterwards: samples are channels here, not moments.";
    private const string Plug = "a plug (--loopback).", NoPlug = "a plug, which light has not.";

    // Of the variance of readings of random samples, that is not a sum of the samples around each; ours. A codec's filter leaves 2 %, if it is half a sample late.
    private const double MostUnlikeWire = 0.05;

    /// <param name="plugGain">Of the wire: 1, or that of a divider in it.</param>
    public static IReadOnlyList<DoctorCheck> Judge(ChannelOutcome outcome, ChannelPath path, double plugGain, SystemDescription system, DoctorLimits limits)
    {
        List<DoctorCheck> checks = [Follows(outcome), StuckDoctor.Bits(outcome)];
        if (outcome.Figures is not ChannelFigures f) { return checks; }
        bool wire = path == ChannelPath.Loopback;
        string Needs(string why, string what) => $"{why}; to see {what} takes {(system.TakesPlug ? Plug : NoPlug)}";
        double step = system.MeasurementStepVolts, span = system.MeasurementRange.MaxVolts - system.MeasurementRange.MinVolts;
        checks.Add(wire ? Wire(f) : NotChecked("wire", string.Empty, Needs("The physics stands there", "whether it is a wire")));
        checks.Add(wire
            ? Below(DoctorLimits.Gain, f.Line.Gain with { Value = f.Line.Gain.Value - plugGain }, 100 / plugGain, limits, "%", "Check the range that output and input are set to, and their references.")
            : Told(DoctorLimits.Gain, f.Line.Gain, "V/V", "Small-signal, at the operating point."));
        checks.Add(wire && f.AgainstMiddle ? NotChecked(DoctorLimits.Offset, "%", "An input that does not pass DC has none.")
            : wire
            ? Below(DoctorLimits.Offset, f.Line.OffsetVolts, 100 / span, limits, "%", "Check grounds and the bias of the level shifter.")
            : NotChecked(DoctorLimits.Offset, "%", Needs("The physics rests where it will", "the converters' offset")));
        double lineStep = system.IsInterpolated ? outcome.Words.Step : step; // a mean between the steps has no rounding of its own, and the converter bends in its steps all the same
        checks.Add(!wire ? NotChecked(DoctorLimits.Linearity, "steps", Needs("The physics bends by itself", "whether the converters bend"))
            : lineStep == 0 ? Told(DoctorLimits.Linearity, f.WorstResidualVolts, "V", "This bench does not tell its converter's step.")
            : Below(DoctorLimits.Linearity, f.WorstResidualVolts, 1 / lineStep, limits, "steps", "Check the reference's load and the buffer's headroom; 'pnn calibrate' keeps the curve."));
        checks.Add(wire ? Codes(f, system) : NotChecked("codes", "missing", Needs("The physics says which steps are read", "missing ones")));
        checks.Add(wire ? Range(f, system, limits) : NotChecked(DoctorLimits.Range, "%", Needs("The physics may end before the converters do", "how far they go")));
        checks.Add(Noise(f, wire, step, span, limits));
        checks.Add(!wire ? NotChecked(DoctorLimits.Crosstalk, "dB", Needs(f.Lags is null ? "Every output moves many inputs, as it is meant to" : "The physics keeps earlier samples by itself", "a leak beside that")) : f.Lags is null ? NotChecked(DoctorLimits.Crosstalk, "dB", LoadedFirst) : Crosstalk(f.Lags, system.IsInterpolated ? f.Lags.NeighbourInBand() : f.Lags.Neighbour, limits));
        if (f.ActuatorLeaks.MaxBy(leak => leak.Decibels) is ActuatorLeak worst) { checks.Add(Leak($"actuator {worst.Actuator}", worst.Ratio, limits)); }
        checks.Add(f.Lags is null ? NotChecked(DoctorLimits.Latency, "samples", LoadedFirst)
            : wire ? Below(DoctorLimits.Latency, f.Lags.DelaySamples, 1, limits, "samples", "The reading belongs to another sample than was played; check the converters' clocks and the codec's delay.")
            : f.Lags.EdgeSamples is Uncertain edge ? Told(DoctorLimits.Latency, edge, "samples", "To half of the answer's largest tap, physics included.")
            : NotChecked(DoctorLimits.Latency, "samples", "The answer to a sample still grows after half a shot, or stands out of noise too little to tell when it comes."));
        checks.Add(Told("drift", f.Drift.GainPerThousandShots.Times(100), "% gain per 1000 shots", string.Empty));
        return checks;
    }

    private static DoctorCheck Follows(ChannelOutcome outcome) => outcome.Figures is ChannelFigures f
        ? Told("follows", f.Line.Gain, "V/V", string.Empty)
        : new DoctorCheck("follows", double.NaN, double.NaN, double.NaN, "V/V", DoctorVerdict.Wrong, outcome.Deaf!);

    private static DoctorCheck Wire(ChannelFigures f)
    {
        double share = Math.Max(f.Line.ResidualShare, f.Lags?.UnexplainedShare ?? 0);
        bool isWire = share <= MostUnlikeWire;
        return new DoctorCheck("wire", 100 * share, double.NaN, 100 * MostUnlikeWire, "% of variance", isWire ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            isWire ? string.Empty : "What stands between output and input is no wire; leave out --loopback, or plug one in.");
    }

    private static DoctorCheck Codes(ChannelFigures f, SystemDescription system)
    {
        if (f.Codes is not CodeDensity codes) { return NotChecked("codes", "missing", system.IsInterpolated ? "Readings stand between the converter's steps." : "Steps cannot be told apart here: the converter is too fine, or too little noise spreads a level over several."); }
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

    private static DoctorCheck Crosstalk(LagResponse lags, NeighbourTap neighbour, DoctorLimits limits)
    {
        double limit = limits[DoctorLimits.Crosstalk];
        bool sound = neighbour.Decibels <= limit;
        return new DoctorCheck(DoctorLimits.Crosstalk, neighbour.Decibels, double.NaN, limit, "dB", sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            sound ? string.Empty : $"Sample {neighbour.Lag - lags.PeakLag:+0;-0} leaks into each reading; give the input more time to settle, or discard a first conversion.");
    }

    /// <param name="output">That has no business on the input.</param> <param name="ratio">Volts read per volt put out, 1.</param>
    public static DoctorCheck Leak(string output, Uncertain ratio, DoctorLimits limits)
    {
        double decibels = 20 * Math.Log10(Math.Abs(ratio.Value)), limit = limits[DoctorLimits.Crosstalk];
        bool sound = decibels <= limit;
        return new DoctorCheck("leak", decibels, double.NaN, limit, "dB", sound ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            sound ? $"Of {output}." : $"{char.ToUpperInvariant(output[0])}{output[1..]} is read on the input; keep its lines and its return away from the input's.");
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
