using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn twin fit</c>: fit a twin to random shots and keep it.</summary>
internal sealed class TwinFitCommand
{
    private readonly CliHost _host;
    private readonly ExperimentOptions _experiment = new();
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Fixes the random shots and the twin's start (default 1).");
    private readonly Option<string?> _out = Values.Path("--out", "file.npz", "Where the twin goes (default twin.npz).");
    private readonly Option<string?> _recording = Values.Path("--recording", "file.npz", "Keep every shot that was played, too.");
    private readonly RecordedSource _recorded = new();

    private TwinFitCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var fit = new TwinFitCommand(host);
        const string About = "Fit a digital twin to random shots through a bench, or to recorded ones, and say how true it is.";
        return fit._experiment.Build("fit", About, [fit._seed, fit._out, fit._recording, fit._recorded.From], fit.RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, _host, _experiment.Bench.AskedSystem(parsed));
        RecordedShots? recorded = _recorded.Read(parsed, _host, _experiment.Bench.Further.Append(_recording));
        BenchSource? source = recorded is null ? _experiment.Bench.Read(parsed, settings) : null;
        ulong seed = (ulong)(parsed.GetValue(_seed) ?? 1);
        string path = WritableFile.Require(_host.FullPath(parsed.GetValue(_out) ?? "twin.npz"));
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        TwinReport report = source is not null
            ? await PlayedAsync(parsed, source, settings, seed, path, view, cancellation)
            : await RecordedAsync(recorded!, settings, seed, path, view, cancellation);
        report.Show(_host, parsed.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private async Task<TwinReport> PlayedAsync(
        ParseResult parsed, BenchSource source, ExperimentSettings settings, ulong seed, string path, IProgressView view, CancellationToken cancellation)
    {
        string? recordingPath = parsed.GetValue(_recording) is string asked ? WritableFile.Require(_host.FullPath(asked)) : null;
        TwinReport? report = null;
        await TwinBench.UseAsync(source, settings.Plan().Shot, _host, view, async (bench, stop) =>
        {
            await using var recording = new RecordingSystem(bench.System);
            IPhysicalSystem system = recordingPath is null ? bench.System : recording;
            TwinFit fit = await TwinFitting.RunAsync(
                system, settings.Plan(), settings.UsedRange(system.Description), settings.Twin, seed, _host.Time, TwinBench.Progress(view), stop,
                GreyBox(settings, system.Description));
            TwinNotes.Save(path, fit.Twin, settings);
            if (recordingPath is not null) { recording.Save(recordingPath); }
            FidelityReport fidelity = await TwinBench.ProbeAsync(bench, fit.Twin, settings, seed, ShotIndex.First(seed) + (ulong)fit.Shots, view, stop);
            report = TwinReport.Fitted(settings.Task, bench.Name, path, fit, fidelity);
        }, cancellation);
        return report!;
    }

    private async Task<TwinReport> RecordedAsync(
        RecordedShots recorded, ExperimentSettings settings, ulong seed, string path, IProgressView view, CancellationToken cancellation)
    {
        ShotSet shots = recorded.ToShotSet(settings.Plan(), settings.Twin.Shots, settings.Twin.ShotsPerCall);
        TwinFit? fit = null;
        await view.ShowAsync(() =>
        {
            fit = TwinFitting.Run(shots, settings.Plan(), settings.Twin, seed, _host.Time, TwinBench.Progress(view), cancellation, GreyBox(settings, recorded.Description));
            return Task.CompletedTask;
        });
        TwinNotes.Save(path, fit!.Twin, settings);
        return TwinReport.Fitted(settings.Task, recorded.Description.Name, path, fit, fidelity: null);
    }

    private static GreyBoxFit? GreyBox(ExperimentSettings settings, SystemDescription system) => Benches.EquationsOf(settings.System) is { } equations
        ? GreyBoxFitting.For(equations(), settings.Plan(), settings.UsedRange(system), system.MeasurementRange)
        : null;
}
