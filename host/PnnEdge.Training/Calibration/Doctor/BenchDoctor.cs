using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>Everything that is looked at on a bench: its channel, the bits of its words, outputs and inputs beside each other, a codec board's reference.</summary>
public sealed class BenchDoctor(IPhysicalSystem system, ShotShape shape, ChannelPath path, ChannelSettings settings, DoctorLimits limits)
{
    /// <summary>Of a plug: 1, or that of a divider in it.</summary>
    public double PlugGain { get; init; } = 1;

    /// <summary>Static outputs that end at a free terminal: nothing is wrong where they move nothing.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>Told the stage, and how much of it is done.</summary>
    public Action<string, int, int> Progress { get; init; } = (_, _, _) => { };

    // Else a sample is a channel, not a moment.
    private bool AreSlots => shape.MeasurementStartSample > 0;

    /// <exception cref="PhysicalSystemException">The bench refused or was lost.</exception>
    public async Task<IReadOnlyList<DoctorCheck>> LookAsync(ShotCounter shots, CancellationToken cancellation)
    {
        using var watch = new WordWatch(system);
        ChannelOutcome channel = await ChannelMeasurement.RunAsync(system, shape, path, settings, shots, Progress, cancellation, watch);
        PhysicalSystemException? refused = path == ChannelPath.ThroughBench ? await RefusalOf(() => watch.StirAsync(system, AreSlots, shots, cancellation)) : null;
        channel = channel with { Words = watch.Figures };
        List<DoctorCheck> checks = [.. ChannelDoctor.Judge(channel, path, PlugGain, system.Description, limits)];
        if (refused is not null) { checks.Add(StuckDoctor.Refused("drive", $"It would not be driven over its whole range: {refused.Message}")); }
        if (channel.Figures is null) { return checks; } // where nothing follows, no single output is worth a look
        checks.AddRange(path == ChannelPath.ThroughBench ? await MovesAsync(channel, shots, cancellation) : system.Description.ActuatorCount > 0 ? [StuckDoctor.OutputsBehindPlug] : []);
        if (system is AlignedSystem aligned) { checks.Add(Checks.Leak("the reference output", await ReferenceLeak.MeasureAsync(aligned, shots, cancellation), limits)); }
        return checks;
    }

    private async Task<IReadOnlyList<DoctorCheck>> MovesAsync(ChannelOutcome channel, ShotCounter shots, CancellationToken cancellation)
    {
        OutputMoves? moves = null;
        PhysicalSystemException? refused = await RefusalOf(async () =>
            moves = await OutputMoves.MeasureAsync(system, AreSlots, Unused, shots, (done, of) => Progress("outputs", done, of), cancellation));
        if (refused is not null) { return [StuckDoctor.Refused("outputs", $"They would not be moved from end to end: {refused.Message}")]; }
        return moves is null ? [] : AreSlots ? [StuckDoctor.Outputs(moves), StuckDoctor.Inputs(channel, moves)] : [StuckDoctor.Outputs(moves)];
    }

    /// <summary>A board may allow smaller steps than from end to end; one that is lost is so at the next call, too.</summary>
    private static async Task<PhysicalSystemException?> RefusalOf(Func<Task> play)
    {
        try
        {
            await play();
            return null;
        }
        catch (PhysicalSystemException refused)
        {
            return refused;
        }
    }
}
