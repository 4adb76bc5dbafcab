namespace PnnEdge.Cli.Rendering;

/// <summary>Remaining time of one stage from the pace since its first report; a resumed stage does not count what was done before.</summary>
internal sealed class StageClock(in StageProgress first, TimeProvider time)
{
    private readonly (ulong? Seed, string Stage) _of = (first.Seed, first.Stage);
    private readonly int _doneAtStart = first.Done;
    private readonly long _start = time.GetTimestamp();

    public bool IsOf(in StageProgress progress) => _of == (progress.Seed, progress.Stage);

    /// <summary>Null until there is a pace.</summary>
    public TimeSpan? Remaining(in StageProgress progress)
    {
        int done = progress.Done - _doneAtStart;
        return done <= 0 ? null : time.GetElapsedTime(_start) * ((double)(progress.Of - progress.Done) / done);
    }
}
