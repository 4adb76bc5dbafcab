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
        if (path == ChannelPath.ThroughBench) { await watch.StirAsync(system, AreSlots, shots, cancellation); }
        channel = channel with { Words = watch.Figures };
        List<DoctorCheck> checks = [.. ChannelDoctor.Judge(channel, path, PlugGain, system.Description, limits)];
        if (channel.Figures is null) { return checks; } // where nothing follows, no single output is worth a look
        checks.AddRange(path == ChannelPath.ThroughBench ? await MovesAsync(channel, shots, cancellation) : system.Description.ActuatorCount > 0 ? [StuckDoctor.OutputsBehindPlug] : []);
        if (system is AlignedSystem aligned) { checks.Add(ChannelDoctor.Leak("the reference output", await ReferenceLeak.MeasureAsync(aligned, shots, cancellation), limits)); }
        return checks;
    }

    private async Task<IReadOnlyList<DoctorCheck>> MovesAsync(ChannelOutcome channel, ShotCounter shots, CancellationToken cancellation)
    {
        OutputMoves? moves = await OutputMoves.MeasureAsync(system, AreSlots, Unused, shots, (done, of) => Progress("outputs", done, of), cancellation);
        return moves is null ? [] : AreSlots ? [StuckDoctor.Outputs(moves), StuckDoctor.Inputs(channel, moves)] : [StuckDoctor.Outputs(moves)];
    }
}
