namespace PnnEdge.Link.Deployment;

/// <summary>What a program needs beside the network.</summary>
/// <param name="Repeats">Readings of every shot, as in training.</param>
/// <param name="FirstShot">Logical index of a layer's first shot, before repeats: where a simulated bench takes its noise from. Layers must not overlap.</param>
public sealed record ProgramOptions(int Repeats, Func<int, ulong> FirstShot)
{
    /// <summary>From one look at the board's own input to the next, ms; 0 for requests only.</summary>
    public int TimerMillis { get; init; }

    /// <summary>The shots that an evaluation of so many samples plays: the device answers them one after the other as the host measured them.</summary>
    public static ProgramOptions AsEvaluated(int repeats, ulong firstShot, int samples, int branches) =>
        new(repeats, layer => firstShot + ((ulong)layer * (ulong)samples * (ulong)branches));
}
