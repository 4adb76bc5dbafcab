using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn twin report</c>: how true a kept twin is of a bench as it is now.</summary>
internal sealed class TwinReportCommand
{
    private readonly CliHost _host;
    private readonly BenchOptions _bench = new();
    private readonly Argument<string> _file = new("file.npz") { Description = "A twin that 'pnn twin fit' or 'pnn train' kept." };
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Fixes the shots of the probe (default 1).");
    private readonly RecordedSource _recorded = new();

    private TwinReportCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var report = new TwinReportCommand(host);
        var command = new Command("report", "Probe a kept twin against a bench: error of its values, direction of its gradient; or against recorded shots.");
        command.Arguments.Add(report._file);
        command.Options.Add(report._seed);
        command.Options.Add(report._recorded.From);
        report._bench.AddTo(command);
        command.SetAction(report.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        RecordedShots? recorded = _recorded.Read(parsed, _host, [_seed, _bench.System, .. _bench.Further]);
        string path = _host.FullPath(parsed.GetRequiredValue(_file));
        if (!File.Exists(path)) { throw new UserException($"The twin's file {path} is not there."); }
        (ITwin twin, ExperimentSettings settings) = TwinNotes.Load(path);
        TwinReport report = recorded is null
            ? await ProbedAsync(parsed, path, twin, settings, cancellation)
            : TwinReport.Recorded(settings.Task, recorded.Description.Name, path, twin, ShotsFor(path, twin, settings, recorded));
        report.Show(_host, parsed.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private async Task<TwinReport> ProbedAsync(ParseResult parsed, string path, ITwin twin, ExperimentSettings settings, CancellationToken cancellation)
    {
        ulong seed = (ulong)(parsed.GetValue(_seed) ?? 1);
        BenchSource source = _bench.Read(parsed, settings);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        TwinReport? report = null;
        await TwinBench.UseAsync(source, settings.Plan().Shot, _host, view, async (bench, stop) =>
        {
            RequireActuators(path, twin, bench.Name, bench.System.Description.ActuatorCount);
            FidelityReport fidelity = await TwinBench.ProbeAsync(bench, twin, settings, seed, ShotIndex.First(seed) + (ulong)settings.Twin.Shots, view, stop);
            report = TwinReport.Probed(settings.Task, bench.Name, path, fidelity);
        }, cancellation);
        return report!;
    }

    private static ShotSet ShotsFor(string path, ITwin twin, ExperimentSettings settings, RecordedShots recorded)
    {
        RequireActuators(path, twin, recorded.Description.Name, recorded.Description.ActuatorCount);
        return recorded.ToShotSet(settings.Plan(), recorded.Count, settings.Twin.ShotsPerCall);
    }

    private static void RequireActuators(string path, ITwin twin, string system, int actuators)
    {
        if (twin.Actuators != actuators) { throw new UserException($"{path} models {twin.Actuators} actuators; {system} has {actuators}."); }
    }
}
