using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Measures a channel: a sweep of held levels, random samples, a climb through all codes; then estimators that play nothing.</summary>
public static class ChannelMeasurement
{
    /// <param name="shape">Of the shots that the system plays.</param>
    /// <param name="counter">Of logical shots.</param>
    /// <param name="progress">Told the stage, shots done and shots of it.</param>
    /// <param name="others">That goes on looking at the system's words afterwards; null for one of this measurement alone.</param>
    /// <exception cref="PhysicalSystemException">The bench refused or was lost.</exception>
    public static async Task<ChannelOutcome> RunAsync(
        IPhysicalSystem system, ShotShape shape, ChannelPath path, ChannelSettings settings, ShotCounter counter, Action<string, int, int> progress, CancellationToken cancellation,
        WordWatch? others = null)
    {
        using WordWatch? own = others is null ? new WordWatch(system) : null;
        WordWatch watch = others ?? own!;
        SystemDescription described = system.Description;
        bool wire = path == ChannelPath.Loopback;
        ulong begin = counter.Next;
        SweepPlan plan = wire
            ? SweepPlan.Over(described.StimulusRange, 1, settings.Levels, settings.Passes)
            : SweepPlan.Over(described.StimulusRange, ChannelSettings.BenchShare, ChannelSettings.BenchLevels, ChannelSettings.BenchPasses);
        bool inTime = shape.MeasurementStartSample == 0; // else a sample is a pixel, not a moment
        if (settings.AgainstMiddle && !(inTime && described.StimulusSamples == described.MeasurementSamples))
        {
            throw new PhysicalSystemException($"{described.Name} is not read while it is driven, so no level can be read against the middle of its range in the same shot.");
        }

        SweepReadings sweep = await SweepReadings.PlayAsync(system, plan, settings.AgainstMiddle, counter.Take(plan.Shots), done => progress("levels", done, plan.Shots), watch.See, cancellation);
        UsableRange range = wire ? UsableRange.Of(sweep, described) : Whole(sweep);
        if (range.Levels < 3 || !sweep.Moves) { return new ChannelOutcome((int)(counter.Next - begin), watch.Figures, Deaf(described, watch, sweep), null); }

        double share = wire ? 0.5 : ChannelSettings.BenchShare;
        int lagShots = settings.LagShots * (described.IsInterpolated ? ChannelSettings.InterpolatedShare : 1);
        LagResponse? lags = inTime ? await LagResponse.MeasureAsync(system, shape, share, lagShots, counter.Take(lagShots), watch.See, cancellation) : null;
        LineFit line = LineFit.Of(sweep, range, described.MeasurementStepVolts);
        NoiseFloor noise = NoiseFloor.Of(sweep, range);
        CodeDensity? codes = wire
            ? await CodeDensity.MeasureAsync(system, shape, range, noise, counter, (done, of) => progress("codes", done, of), watch.See, cancellation)
            : null;
        IReadOnlyList<ActuatorLeak> leaks = wire ? await ActuatorLeak.MeasureAsync(system, noise.Volts, counter, watch.See, cancellation) : [];
        var figures = new ChannelFigures(
            path, settings.AgainstMiddle, sweep.Samples, SweepPlan.Centre(described.StimulusRange), plan.LevelsVolts[^1] - plan.LevelsVolts[0], line, noise,
            PassSeries.Of(sweep, range, line), wire ? range.EndsOn(line, sweep) : range, lags, codes, leaks, sweep.AppliedVolts[range.FirstLevel..(range.LastLevel + 1)]);
        return new ChannelOutcome((int)(counter.Next - begin), watch.Figures, null, figures) { DeafInputs = inTime ? [] : sweep.DeafSamples };
    }

    /// <summary>Through a bench all levels count: where a system bends is its own affair.</summary>
    private static UsableRange Whole(SweepReadings sweep)
    {
        double[] means = [.. sweep.MeanVolts.Select(row => row.Average())];
        return new UsableRange(
            0, means.Length - 1, new VoltRange((float)sweep.AppliedVolts[0], (float)sweep.AppliedVolts[^1]), new VoltRange((float)means.Min(), (float)means.Max()));
    }

    private static string Deaf(SystemDescription system, WordWatch watch, SweepReadings sweep) => watch.IsStill
        ? $"{system.Name} reads {sweep.Mean(0):G4} V whatever is played; its input is stuck or not connected."
        : $"The readings of {system.Name} do not follow what is played ({sweep.Mean(0):G4} V at {sweep.AppliedVolts[0]:G4} V, {sweep.Mean(sweep.AppliedVolts.Length - 1):G4} V at {sweep.AppliedVolts[^1]:G4} V); look for a broken wire, a wrong pin or a missing loopback plug.";
}
