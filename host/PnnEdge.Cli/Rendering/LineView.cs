using System.Globalization;

namespace PnnEdge.Cli.Rendering;

/// <summary>Progress as plain lines, for logs: a stage's start and end, and between them no more than one line every few seconds.</summary>
internal sealed class LineView(TextWriter error, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private StageClock? _stage;
    private long _lastLine;

    public Task ShowAsync(Func<Task> work) => work();

    public void Report(in StageProgress progress)
    {
        lock (_gate)
        {
            bool isNew = _stage is null || !_stage.IsOf(progress);
            if (isNew) { _stage = new StageClock(progress, time); }
            bool isLast = progress.Done >= progress.Of;
            if (!isLast && !(isNew && progress.Of > 1) && time.GetElapsedTime(_lastLine) < Between) { return; }
            _lastLine = time.GetTimestamp();
            error.WriteLine(Line(progress, _stage!.Remaining(progress)));
        }
    }

    public void Say(string sentence)
    {
        lock (_gate)
        {
            error.WriteLine(sentence);
        }
    }

    internal static string Line(in StageProgress p, TimeSpan? remaining)
    {
        List<string> parts = [p.Title];
        if (p.Of > 1) { parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100.0 * p.Done / p.Of:F0} %")); }
        if (p.Detail.Length > 0) { parts.Add(p.Detail); }
        if (double.IsFinite(p.Rate) && p.Rate > 0) { parts.Add(string.Create(CultureInfo.InvariantCulture, $"{p.Rate:N0} shots/s")); }
        if (remaining is { } left && p.Done < p.Of) { parts.Add($"{Durations.Short(left)} left"); }
        return string.Join(" · ", parts);
    }
}
