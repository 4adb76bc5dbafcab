using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PnnEdge.Cli.Rendering;

/// <summary>Progress redrawn in place on a terminal: one bar per stage, finished stages stay with their last figures.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time) : IProgressView
{
    private readonly Lock _gate = new();
    private ProgressContext? _context;
    private ProgressTask? _task;
    private StageClock? _stage;

    public Task ShowAsync(Func<Task> work) => new Progress(console, time) { AutoClear = false, HideCompleted = false }
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new FiguresColumn())
        .StartAsync(async context =>
        {
            _context = context;
            try
            {
                await work();
            }
            finally
            {
                lock (_gate)
                {
                    _task?.StopTask();
                }
            }
        });

    public void Report(in StageProgress progress)
    {
        lock (_gate)
        {
            if (_context is null) { return; }
            if (_stage is null || !_stage.IsOf(progress))
            {
                _task?.StopTask();
                _stage = new StageClock(progress, time);
                _task = _context.AddTask(Markup.Escape(progress.Title), autoStart: true, maxValue: progress.Of);
            }

            _task!.Tag = Figures(progress, _stage.Remaining(progress));
            _task.Value = progress.Done;
        }
    }

    public void Say(string sentence) => console.WriteLine(sentence);

    private static string Figures(in StageProgress p, TimeSpan? remaining)
    {
        List<string> parts = [];
        if (p.Detail.Length > 0) { parts.Add(p.Detail); }
        if (double.IsFinite(p.Rate) && p.Rate > 0) { parts.Add(string.Create(CultureInfo.InvariantCulture, $"{p.Rate:N0} shots/s")); }
        if (remaining is { } left && p.Done < p.Of) { parts.Add($"{Durations.Short(left)} left"); }
        return string.Join(" · ", parts);
    }

    private sealed class FiguresColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Tag as string ?? string.Empty) { Overflow = Overflow.Ellipsis };
    }
}
