using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Commands;

/// <summary>The options of a command that trains networks, or takes trained ones, and then studies them on further virtual benches.</summary>
/// <param name="study">The command's name.</param>
/// <param name="defaultSeeds">How many seeds without an option.</param>
internal sealed class StudyOptions(string study, int defaultSeeds, FaultScope scope)
{
    private readonly ExperimentOptions _experiment = new(scope);
    private readonly RunOptions _run = new(study, defaultSeeds, $"{study}-<task>");
    private readonly Option<string?> _from = Values.Path("--from", "folder", "Take the trained networks and twins of this run; it stays as it is.");
    private readonly Option<string?> _refit = Values.Choice("--refit", RefitWords.Scopes, "What of a twin is refitted while training goes on: its last layer, of equations the readout, or all of it (default last)");
    private IReadOnlyList<Option> _own = [];

    public Command Build(string about, IReadOnlyList<Option> own, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        _own = [.. own, _refit];
        return _experiment.Build(study, about, [.. _own, _from, .. _run.All], run);
    }

    public Study Read(ParseResult parsed, CliHost host)
    {
        DataFolder data = DataFolders.Resolve(host, _experiment.Task.DataFolder(parsed));
        (RunFolder folder, RunConfig config, BenchSource source, RunFolder? from) =
            _run.Resumed(parsed) is string resumed ? Resume(parsed, host.FullPath(resumed), host)
            : parsed.GetValue(_from) is string kept ? From(parsed, host.FullPath(kept), host)
            : Begin(parsed, data, host);
        if (source.Virtual is null) { throw new UserException($"'pnn {study}' works on virtual benches; with --broker add --virtual.", isUsage: true); }
        string? dataFolder = _experiment.Task.DataFolder(parsed) is string typed ? host.FullPath(typed) : null;
        return new Study(
            new StudyFolder(folder, study), config, source, from, _run.Resumed(parsed) is not null, data, ResumeHint.Of(folder, source, dataFolder));
    }

    public RefitScope Refit(ParseResult parsed) => parsed.GetValue(_refit) is string word ? RefitWords.ScopeOf(word) : RefitScope.Last;

    private (RunFolder, RunConfig, BenchSource, RunFolder?) Begin(ParseResult parsed, DataFolder data, CliHost host)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, host, _experiment.Bench.AskedSystem(parsed));
        BenchSource source = _experiment.Bench.Read(parsed, settings);
        RunConfig config = _run.Config(parsed, settings, source, data, host);
        return (_run.Folder(parsed, settings.Task, host), config, source, null);
    }

    private (RunFolder, RunConfig, BenchSource, RunFolder?) From(ParseResult parsed, string path, CliHost host)
    {
        RefuseSettings(parsed, "--from", [_run.FirstSeed]);
        (RunFolder from, RunConfig config) = RunFolder.Open(path);
        int seeds = _run.Seeds(parsed) ?? config.Seeds;
        if (seeds > config.Seeds) { throw new UserException($"Asked for {seeds} seeds; the run in {path} has {config.Seeds}."); }
        return (_run.Folder(parsed, config.Settings.Task, host), config with
        {
            Seeds = seeds,
            Start = config.Start is null ? null : config.Start with { File = from.StartFile },
            Calibration = config.Calibration is null ? null : config.Calibration with { File = from.CalibrationFile },
        }, Kept(parsed, "--from", from, config, host), from);
    }

    private (RunFolder, RunConfig, BenchSource, RunFolder?) Resume(ParseResult parsed, string path, CliHost host)
    {
        RefuseSettings(parsed, "--resume", [.. _own, _from, .. _run.Settings]);
        (RunFolder folder, RunConfig config) = RunFolder.Open(path, study);
        return (folder, config, Kept(parsed, "--resume", folder, config, host), null);
    }

    private BenchSource Kept(ParseResult parsed, string option, RunFolder folder, RunConfig config, CliHost host)
    {
        BenchRequest bench = config.Bench ?? throw new UserException($"The run in {folder.Path} was on a device at a broker; 'pnn {study}' needs one on a virtual bench.");
        if (bench.TwinBias != 0) { throw new UserException($"The run in {folder.Path} trained through a twin that was biased on purpose; 'pnn {study}' needs one with the twin as fitted."); }
        return _experiment.Bench.ReadResumed(parsed, folder, config, host, option);
    }

    private void RefuseSettings(ParseResult parsed, string option, IReadOnlyList<Option> further)
    {
        string? second = _experiment.Task.NamesTask(parsed) ? "the task" : _experiment.Task.Settings.Concat(further).FirstOrDefault(parsed.IsGiven)?.Name;
        if (second is not null) { throw new UserException($"{option} takes its settings from the run's config.json; leave out {second}.", isUsage: true); }
    }
}
