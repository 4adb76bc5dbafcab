using System.CommandLine;
using System.Reflection;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn train</c>: train a physical network, and tell what it is worth beside its rivals.</summary>
internal sealed class TrainCommand
{
    private readonly CliHost _host;
    private readonly ExperimentOptions _experiment = new();
    private readonly Option<int?> _seeds = Values.WholeNumber("--seeds", 1, 1000, "How many seeds to train (default 1).");
    private readonly Option<int?> _firstSeed = Values.WholeNumber("--first-seed", 0, (int)ShotIndex.MaxSeed, "The first seed (default 1).");
    private readonly Option<string?> _out = Values.Path("--out", "folder", "The result folder (default runs/<UTC time>-<task>).");
    private readonly Option<string?> _resume = Values.Path("--resume", "folder", "Go on with the interrupted run in this folder.");

    private TrainCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var train = new TrainCommand(host);
        const string About = "Train a physical neural network on a bench, by default a virtual one in its own process.";
        return train._experiment.Build("train", About, [train._seeds, train._firstSeed, train._out, train._resume], train.RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DataFolder data = DataFolders.Resolve(_host, _experiment.Task.DataFolder(parsed));
        (RunFolder folder, RunConfig config, BenchSource source) = parsed.GetValue(_resume) is string path ? Resume(parsed, path) : Begin(parsed, data);
        TaskData samples = TaskLoader.Load(config.Settings, data, config.FirstSeed);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        string? dataFolder = _experiment.Task.DataFolder(parsed) is string typed ? _host.FullPath(typed) : null;
        string resume = ResumeHint.Of(folder, source, dataFolder);

        IReadOnlyList<SeedState> states = [];
        string name = string.Empty;
        bool simulated = true;
        using var loss = new BenchLoss(cancellation);
        try
        {
            await using OpenBench bench = await BenchOpener.OpenAsync(source, config.Settings.Plan().Shot, _host, view, loss);
            if (parsed.GetValue(_resume) is null) { folder.Begin(config); } // not before: without a bench nothing would be in it
            view.Say($"Results go to {folder.Path}.");
            (name, simulated) = (bench.Name, bench.System.Description.Simulated);
            await view.ShowAsync(async () => states = await new TrainRun(folder, config, data, _host.Time).RunAsync(Methods.Trained, bench.System, bench.Truth, view, loss.Token));
        }
        catch (OperationCanceledException interrupted) when (cancellation.IsCancellationRequested && folder.HoldsRun)
        {
            throw new InterruptedRunException($"Interrupted; the outputs are safe, and {resume}.", interrupted);
        }
        catch (OperationCanceledException lost) when (loss.Sentence is not null)
        {
            throw new PhysicalSystemException(folder.HoldsRun ? $"{loss.Sentence.TrimEnd('.')}; the run is kept, and {resume}." : loss.Sentence, lost);
        }
        catch (PhysicalSystemException failed) when (folder.HoldsRun)
        {
            throw new PhysicalSystemException($"{failed.Message.TrimEnd('.')}; the run is kept, and {resume}.", failed);
        }

        TrainSummary summary = TrainRun.Summarise(config, name, states);
        AtomicFile.Write(folder.SummaryFile, JsonText.Page(summary));
        string label = (simulated ? "simulated, its parameters are ours" : "measured") + (config.Generated ? "; generated data" : string.Empty);
        TrainingPlot.Save(folder, summary, states, label);
        Show(parsed, folder, summary, states, label, samples.Test.Count);
        return ExitCode.Done;
    }

    private (RunFolder, RunConfig, BenchSource) Begin(ParseResult parsed, DataFolder data)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, _host, _experiment.Bench.AskedSystem(parsed));
        BenchSource source = _experiment.Bench.Read(parsed, settings.System);
        ulong firstSeed = (ulong)(parsed.GetValue(_firstSeed) ?? 1);
        int seeds = parsed.GetValue(_seeds) ?? 1;
        if (firstSeed + (ulong)seeds - 1 > ShotIndex.MaxSeed)
        {
            throw new UserException($"Asked for {seeds} seeds from {firstSeed} on; the last possible seed is {ShotIndex.MaxSeed}.", isUsage: true);
        }

        // Data first: a missing file must not leave an empty result folder behind.
        TaskData samples = TaskLoader.Load(settings, data, firstSeed);
        DateTimeOffset now = _host.Time.GetUtcNow();
        string path = parsed.GetValue(_out) is string asked ? _host.FullPath(asked) : RunFolder.DefaultPath(_host.WorkingFolder, settings.Task, now);
        var config = new RunConfig(Version(), now, settings, samples.Train.Generated, firstSeed, seeds, source.Virtual, DataHash.Of(samples));
        return (RunFolder.Free(path), config, source);
    }

    private (RunFolder, RunConfig, BenchSource) Resume(ParseResult parsed, string path)
    {
        string? second = _experiment.Task.NamesTask(parsed) ? "the task"
            : _experiment.Task.Settings.Concat([_seeds, _firstSeed, _out]).FirstOrDefault(parsed.IsGiven)?.Name;
        if (second is not null)
        {
            throw new UserException($"--resume takes its settings from the run's config.json; leave out {second}.", isUsage: true);
        }

        (RunFolder folder, RunConfig config) = RunFolder.Open(_host.FullPath(path));
        return (folder, config, _experiment.Bench.ReadResumed(parsed, config.Bench, config.Settings.System));
    }

    private void Show(ParseResult parsed, RunFolder folder, TrainSummary summary, IReadOnlyList<SeedState> states, string label, int testSamples)
    {
        bool json = parsed.GetValue(CommonOptions.Json);
        if (!json || !parsed.GetValue(CommonOptions.Quiet))
        {
            // With --json standard output is for programs; a person still reads the table beside the progress.
            var console = json ? Consoles.On(_host.Error, _host.ErrorIsTerminal) : Consoles.On(_host.Out, _host.OutIsTerminal);
            ResultTable.Write(console, summary, states, label, testSamples);
            console.WriteLine($"{folder.Path}: config.json, metrics.jsonl, parameters, twin, summary.json, accuracy.png, accuracy.svg");
        }

        if (json) { _host.Out.WriteLine(JsonText.Line(summary)); }
    }

    private static string Version() =>
        typeof(TrainCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
