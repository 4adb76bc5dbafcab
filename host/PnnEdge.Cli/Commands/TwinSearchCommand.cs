using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Search;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn twin search</c>: which twin suits a bench, within a budget.</summary>
internal sealed class TwinSearchCommand
{
    private const ulong DefaultBillions = 200;

    private readonly CliHost _host;
    private readonly ExperimentOptions _experiment = new();
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Fixes the random shots and the twins' starts (default 1).");
    private readonly Option<string?> _out = Values.Path("--out", "file.npz", "Where the best twin goes (default twin.npz).");
    private readonly Option<ulong?> _work = Values.LargeNumber("--work", 1, 1_000_000, $"Budget in billions of multiply-adds, the same result on every machine (default {DefaultBillions}).");
    private readonly Option<int?> _seconds = Values.WholeNumber("--seconds", 1, 1_000_000, "Budget in seconds instead.");
    private readonly Option<bool> _cosine = new("--cosine") { Description = "Decide between the last two by the direction of their gradient on the bench, not by their error." };

    private TwinSearchCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var search = new TwinSearchCommand(host);
        const string About = "Search for the twin that suits a bench: kinds, widths and memories against each other, the better half going on.";
        return search._experiment.Build("search", About, [search._seed, search._out, search._work, search._seconds, search._cosine], search.RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ExperimentSettings settings = _experiment.Task.Read(parsed, _host, _experiment.Bench.AskedSystem(parsed));
        BenchSource source = _experiment.Bench.Read(parsed, settings);
        ulong seed = (ulong)(parsed.GetValue(_seed) ?? 1);
        string path = WritableFile.Require(_host.FullPath(parsed.GetValue(_out) ?? "twin.npz"));
        if (parsed.GetValue(_seconds) is not null && parsed.GetValue(_work) is not null) { throw new UserException("A search ends by --seconds or by --work; leave one out.", isUsage: true); }
        TwinSearchBudget budget = parsed.GetValue(_seconds) is int seconds
            ? TwinSearchBudget.OfSeconds(seconds, _host.Time)
            : TwinSearchBudget.OfMultiplyAdds((parsed.GetValue(_work) ?? DefaultBillions) * 1e9);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));

        TwinSearchReport? report = null;
        await TwinBench.UseAsync(source, settings.Plan().Shot, _host, view, async (bench, stop) =>
        {
            VoltRange range = settings.UsedRange(bench.System.Description);
            ShotSet shots = await TwinFitting.PlayAsync(
                bench.System, settings.Plan(), range, settings.Twin.Shots, settings.Twin.ShotsPerCall, seed, TwinBench.Progress(view), stop);
            ulong next = ShotIndex.First(seed) + (ulong)shots.Count;
            TwinSearchResult result = await TwinSearch.RunAsync(
                shots, settings.Plan(), TwinCandidate.For(settings.Plan(), settings.Twin), budget, seed,
                parsed.GetValue(_cosine) ? async (twin, token) => (await ProbeAsync(twin, seed, token)).DeviceGradientCosine : null, TwinBench.Progress(view), stop);
            TwinNotes.Save(path, result.Best, settings with { Twin = result.Candidate.Settings });

            // Other operating points and other noise than those that could have decided.
            report = new TwinSearchReport(settings.Task, bench.Name, path, shots.Count, result.Rows, await ProbeAsync(result.Best, seed + 1, stop));

            async Task<FidelityReport> ProbeAsync(ITwin twin, ulong points, CancellationToken token)
            {
                FidelityReport probe = await TwinBench.ProbeAsync(bench, twin, settings, points, next, view, token);
                next += (ulong)probe.Passes;
                return probe;
            }
        }, cancellation);
        report!.Show(_host, parsed.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }
}
