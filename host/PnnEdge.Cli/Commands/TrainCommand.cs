using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn train</c>: train a physical network, and tell what it is worth beside its rivals.</summary>
internal sealed class TrainCommand
{
    private readonly CliHost _host;
    private readonly ExperimentOptions _experiment = new(FaultScope.BenchAndTwin);
    private readonly RunOptions _run = new("train", defaultSeeds: 1);
    private readonly Option<string?> _start = Values.Path("--start", "file.npz", "Begin from these parameters: what 'pnn import pytorch' made, or another run's parameters-seed<N>.npz.");
    private readonly Option<string?> _tensorBoard = Values.Path("--tensorboard", "folder", "Write TensorBoard event files there while training: a run for every seed and method, below the result folder's name.");

    private readonly Option<string?> _doctor = Values.Path("--doctor", "file.json", "Keep this report of 'pnn doctor' with the run; one that is not sound, or of another bench, is refused.");

    private TrainCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var train = new TrainCommand(host);
        const string About = "Train a physical neural network on a bench, by default a virtual one in its own process.";
        return train._experiment.Build("train", About, [.. train._run.All, train._start, train._tensorBoard, train._doctor], train.RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DataFolder data = DataFolders.Resolve(_host, _experiment.Task.DataFolder(parsed));
        bool isResumed = _run.Resumed(parsed) is not null;
        (RunFolder folder, RunConfig config, BenchSource source) = _run.Resumed(parsed) is string path ? Resume(parsed, path) : Begin(parsed, data);
        TaskData samples = TaskLoader.Load(config.Settings, data, config.FirstSeed);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        string? dataFolder = _experiment.Task.DataFolder(parsed) is string typed ? _host.FullPath(typed) : null;

        IReadOnlyList<SeedState> states = [];
        string name = string.Empty;
        bool simulated = true;
        await KeptRun.WorkAsync(folder, ResumeHint.Of(folder, source, dataFolder), async loss =>
        {
            await using OpenBench bench = await BenchOpener.OpenAsync(source, config.Settings.Plan().Shot, _host, view, loss);
            config.Doctor?.RequireOf(bench.System.Description);
            config.RequireOn(bench.System.Description);
            if (!isResumed) { Begin(folder, config with { BegunOn = bench.System.Description.Name }, config.Settings.Shape(samples, bench.System.Description)); } // not before: without a bench nothing would be in it
            view.Say($"Results go to {folder.Path}.");
            (name, simulated) = (bench.Name, bench.System.Description.Simulated);
            await view.ShowAsync(async () => states = await new TrainRun(folder, config, data, _host.Time).RunAsync(Methods.Trained, bench.System, bench.Truth, view, loss.Token));
        }, cancellation);

        TrainSummary summary = TrainRun.Summarise(config, name, states);
        AtomicFile.Write(folder.SummaryFile, JsonText.Page(summary));
        string label = Labels.Of(simulated, config.Generated);
        string[] plot = Pictures.Draw(_host, "accuracy", () => TrainingPlot.Save(folder, summary, states, label));
        Shown.Result(_host, parsed, summary, console =>
        {
            ResultTable.Write(console, summary, states, label, samples.Test.Count);
            console.WriteLine($"{folder.Path}: {string.Join(", ", ["config.json", "metrics.jsonl", "parameters", "twin", "summary.json", .. plot])}");
        });
        return ExitCode.Done;
    }

    private (RunFolder, RunConfig, BenchSource) Begin(ParseResult parsed, DataFolder data)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, _host, _experiment.Bench.AskedSystem(parsed));
        BenchSource source = _experiment.Bench.Read(parsed, settings);
        RunConfig config = _run.Config(parsed, settings, source, data, _host);
        config = config with
        {
            Start = parsed.GetValue(_start) is string start ? StartNote.Of(_host.FullPath(start)) : null,
            Doctor = parsed.GetValue(_doctor) is string report ? DoctorNote.Of(_host.FullPath(report)) : null,
            TensorBoard = parsed.GetValue(_tensorBoard) is string board ? _host.FullPath(board) : null,
        };
        return (_run.Folder(parsed, settings.Task, _host), config, source);
    }

    private static void Begin(RunFolder folder, RunConfig config, NetworkShape shape)
    {
        if (config.Start is StartNote start) { NetworkFile.Load(start.File, shape); } // whether it fits
        folder.Begin(config);
    }

    private (RunFolder, RunConfig, BenchSource) Resume(ParseResult parsed, string path)
    {
        string? second = _experiment.Task.NamesTask(parsed) ? "the task"
            : _experiment.Task.Settings.Concat(_run.Settings).Append(_start).Append(_tensorBoard).Append(_doctor).FirstOrDefault(parsed.IsGiven)?.Name;
        if (second is not null)
        {
            throw new UserException($"--resume takes its settings from the run's config.json; leave out {second}.", isUsage: true);
        }

        (RunFolder folder, RunConfig config) = RunFolder.Open(_host.FullPath(path));
        return (folder, config, _experiment.Bench.ReadResumed(parsed, folder, config, _host));
    }
}
