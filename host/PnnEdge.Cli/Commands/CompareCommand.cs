using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn compare</c>: training methods at a matched number of physical passes.</summary>
internal sealed class CompareCommand
{
    private const int DefaultSeeds = 3;
    private const int DefaultTests = 20;
    private const int DefaultTestSamples = 1000;
    private const int DefaultTargetPercent = 93; // of the paper's vowels and circuit

    private readonly CliHost _host;
    private readonly ExperimentOptions _experiment = new();
    private readonly RunOptions _run = new("compare", DefaultSeeds, "compare-<task>");
    private readonly Option<string[]> _methods = new("--methods")
    {
        Description = $"Which methods: {string.Join(", ", MethodCatalogue.Names)} (default all).",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _passes = Values.WholeNumber(
        "--passes", 1, 2_000_000_000, "Physical passes of each method and seed, without tests (default what the experiment's physics-aware training takes, its twin included).");
    private readonly Option<int?> _tests = Values.WholeNumber("--tests", 1, 1000, $"Points of a curve (default {DefaultTests}).");
    private readonly Option<int?> _testSamples = Values.WholeNumber("--test-samples", 1, 1_000_000, $"Test samples behind a point; the last takes all (default {DefaultTestSamples:N0}).");
    private readonly Option<int?> _target = Values.WholeNumber("--target", 1, 100, $"Test accuracy to reach, % (default {DefaultTargetPercent}).");

    private CompareCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var compare = new CompareCommand(host);
        const string About = "Train one network by many methods at a matched number of physical passes, and draw accuracy against passes.";
        compare._methods.CompletionSources.Add([.. MethodCatalogue.Names]);
        return compare._experiment.Build("compare", About, [.. compare.Own, .. compare._run.All], compare.RunAsync);
    }

    private IReadOnlyList<Option> Own => [_methods, _passes, _tests, _testSamples, _target];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DataFolder data = DataFolders.Resolve(_host, _experiment.Task.DataFolder(parsed));
        bool isResumed = _run.Resumed(parsed) is not null;
        (StudyFolder folder, RunConfig config, BenchSource source) = _run.Resumed(parsed) is string path ? Resume(parsed, path) : Begin(parsed, data);
        TaskData samples = TaskLoader.Load(config.Settings, data, config.FirstSeed);
        CompareSettings compare = isResumed ? folder.Settings<CompareSettings>() : Settings(parsed, config.Settings, samples);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        string? dataFolder = _experiment.Task.DataFolder(parsed) is string typed ? _host.FullPath(typed) : null;

        IReadOnlyList<CompareSeed> seeds = [];
        string name = string.Empty;
        bool simulated = true;
        await KeptRun.WorkAsync(folder.Run, ResumeHint.Of(folder.Run, source, dataFolder), async loss =>
        {
            await using OpenBench bench = await BenchOpener.OpenAsync(source, config.Settings.Plan().Shot, _host, view, loss);
            if (!isResumed) { folder.Begin(config, compare, from: null); } // not before: without a bench nothing would be in it
            view.Say($"Results go to {folder.Run.Path}.");
            (name, simulated) = (bench.Name, bench.System.Description.Simulated);
            await view.ShowAsync(async () => seeds = await new CompareRun(folder, config, compare, data, view, _host.Time).RunAsync(bench, loss.Token));
        }, cancellation);

        CompareSummary summary = CompareFigures.Of(config, name, simulated, compare, seeds);
        AtomicFile.Write(folder.SummaryFile, JsonText.Page(summary));
        string label = Labels.Of(simulated, config.Generated);
        string[] plot = Pictures.Draw(_host, "compare", () => ComparePlot.Save(folder.PlotFile, summary, label));
        Shown.Result(_host, parsed, summary, console =>
        {
            CompareTable.Write(console, summary, label, samples.Test.Count);
            console.WriteLine($"{folder.Run.Path}: {folder.FileNames(plot)}, and a file for every seed");
        });
        return ExitCode.Done;
    }

    private CompareSettings Settings(ParseResult parsed, ExperimentSettings experiment, TaskData samples)
    {
        string[] asked = parsed.GetValue(_methods) ?? [];
        string? unknown = asked.FirstOrDefault(name => !MethodCatalogue.Names.Contains(name));
        if (unknown is not null)
        {
            throw new UserException($"Asked --methods for '{unknown}'; possible are {string.Join(", ", MethodCatalogue.Names)}.", isUsage: true);
        }

        long whole = (long)experiment.Training.Epochs * samples.Train.Count * experiment.Network.Layers * experiment.Network.Branches * experiment.Training.Repeats;
        return new CompareSettings(
            asked.Length == 0 ? MethodCatalogue.Names : [.. MethodCatalogue.Names.Where(asked.Contains)],
            parsed.GetValue(_passes) ?? experiment.Twin.Shots + whole,
            parsed.GetValue(_tests) ?? DefaultTests,
            parsed.GetValue(_testSamples) ?? DefaultTestSamples,
            (parsed.GetValue(_target) ?? DefaultTargetPercent) / 100.0);
    }

    private (StudyFolder, RunConfig, BenchSource) Begin(ParseResult parsed, DataFolder data)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, _host, _experiment.Bench.AskedSystem(parsed));
        BenchSource source = _experiment.Bench.Read(parsed, settings);
        RunConfig config = _run.Config(parsed, settings, source, data, _host);
        return (new StudyFolder(_run.Folder(parsed, settings.Task, _host), "compare"), config, source);
    }

    private (StudyFolder, RunConfig, BenchSource) Resume(ParseResult parsed, string path)
    {
        string? second = _experiment.Task.NamesTask(parsed) ? "the task"
            : _experiment.Task.Settings.Concat(Own).Concat(_run.Settings).FirstOrDefault(parsed.IsGiven)?.Name;
        if (second is not null) { throw new UserException($"--resume takes its settings from the run's config.json; leave out {second}.", isUsage: true); }
        (RunFolder folder, RunConfig config) = RunFolder.Open(_host.FullPath(path), "compare");
        return (new StudyFolder(folder, "compare"), config, _experiment.Bench.ReadResumed(parsed, folder, config, _host));
    }
}
