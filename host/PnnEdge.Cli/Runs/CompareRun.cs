using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Physics;
using PnnEdge.Training.Baselines;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>Every method with every seed on one bench; what has finished of any (method, seed) is not run again.</summary>
internal sealed class CompareRun(StudyFolder folder, RunConfig config, CompareSettings compare, DataFolder dataFolder, IProgressView view, TimeProvider time)
{
    private readonly MethodEntry[] _methods = [.. MethodCatalogue.All.Where(method => compare.Methods.Contains(method.Name))];

    /// <returns>[seed].</returns>
    public async Task<IReadOnlyList<CompareSeed>> RunAsync(OpenBench bench, CancellationToken cancellation)
    {
        CompareSeed?[] seeds = [.. config.AllSeeds.Select(folder.Seed<CompareSeed>)];
        folder.RestartLines(seeds.OfType<CompareSeed>().SelectMany(seed => seed.Methods.SelectMany(curve => curve.Points)));
        foreach ((int i, ulong seed) in config.AllSeeds.Index()) { seeds[i] = await SeedAsync(bench, seed, seeds[i], cancellation); }
        return seeds!;
    }

    private async Task<CompareSeed> SeedAsync(OpenBench bench, ulong seed, CompareSeed? kept, CancellationToken cancellation)
    {
        TaskData data = TaskLoader.Load(config.Settings, dataFolder, seed);
        TrainRun.RequireSameData(folder.Run, config, seed, data);
        MethodEntry[] missing = [.. _methods.Where(method => kept?.Of(method.Name) is null)];
        if (kept is not null && missing.Length == 0) { return kept; }
        Func<IPhysicsModel>? equations = Benches.EquationsOf(config.Settings.System);
        kept ??= new CompareSeed(seed, SoftmaxRegression.Run(data, config.Settings.Baseline.Steps, cancellation).TestAccuracy, []);
        (ITwin, TwinOutcome)? twin = missing.Any(NeedsTwin) ? await TwinAsync(bench, seed, equations, cancellation) : null;
        foreach (MethodEntry method in missing)
        {
            MethodCurve curve = await new CompareMethodRun(
                method, config.Settings, compare, data, bench.System, equations, seed, twin, folder.AppendLine, view, time).RunAsync(cancellation);
            kept = kept with { Methods = [.. kept.Methods, curve] };
            folder.SaveSeed(seed, kept);
        }

        return kept;
    }

    private async Task<(ITwin, TwinOutcome)> TwinAsync(OpenBench bench, ulong seed, Func<IPhysicsModel>? equations, CancellationToken cancellation)
    {
        SeedState state = config.Continue(folder.Run.LoadSeed(seed));
        await using var metered = new MeteredSystem(bench.System, time);
        ITwin twin = await new SeedTwin(config.Settings, metered, bench.Truth, equations, bias: 0, folder.Run, state, new SeedClock(time), view, time)
            .FitAsync(() => folder.Run.SaveSeed(state), cancellation);
        return (twin, state.Twin!);
    }

    private static bool NeedsTwin(MethodEntry method) => method.Rig is MethodRig.SystemAndTwin or MethodRig.Twin or MethodRig.NoisyTwin;
}
