using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Runs;

/// <summary>All seeds of one run, one after the other on one bench.</summary>
internal sealed class TrainRun(RunFolder folder, RunConfig config, DataFolder dataFolder, TimeProvider time)
{
    /// <returns>[seed].</returns>
    public async Task<IReadOnlyList<SeedState>> RunAsync(
        IReadOnlyList<Method> methods, IPhysicalSystem system, IPhysicalSystem? truth, IProgressView view, CancellationToken cancellation)
    {
        List<SeedState> states = [.. config.AllSeeds.Select(seed => config.Continue(folder.LoadSeed(seed)))];
        folder.RestartMetrics(states);
        config.Start?.RequireSame(folder.StartFile);
        string? board = config.TensorBoard is null ? null : Path.Combine(config.TensorBoard, Path.GetFileName(folder.Path));
        foreach (SeedState state in states)
        {
            if (state.HasFinished(methods) && state.Seed != config.FirstSeed) { continue; } // the first seed tells whether the data are still the same
            TaskData data = TaskLoader.Load(config.Settings, dataFolder, state.Seed);
            RequireSameData(folder, config, state.Seed, data);
            await using var metered = new MeteredSystem(system, time);
            await new SeedRun(config.Settings, data, metered, truth, Benches.EquationsOf(config.Settings.System), config.Bench?.TwinBias ?? 0, folder, state, view, time, config.Start is not null, board).RunAsync(methods, cancellation);
        }

        return states;
    }

    /// <exception cref="UserException">The data have changed since the run began.</exception>
    public static void RequireSameData(RunFolder folder, RunConfig config, ulong seed, TaskData data)
    {
        if (seed == config.FirstSeed && DataHash.Of(data) != config.DataHash)
        {
            throw new UserException($"The data of {config.Settings.Task} are not those that the run in {folder.Path} began with; start a new run, or point PNN_DATA at the same files.");
        }
    }

    /// <param name="systemName">For the summary.</param>
    public static TrainSummary Summarise(RunConfig config, string systemName, IReadOnlyList<SeedState> states)
    {
        Tally sum = states.Aggregate(default(Tally), (total, state) => total + state.Tally);
        return new TrainSummary(
            config.Settings.Task,
            systemName,
            states.Count,
            AccuracyFigures.Of([.. states.Select(state => state.Of(Method.Pat).Delivered!.Value)]),
            AccuracyFigures.Of([.. states.Select(state => state.Of(Method.InSilico).Delivered!.Value)]),
            AccuracyFigures.Of([.. states.Select(state => state.Of(Method.InSilico).Claimed!.Value)]),
            states.Average(state => state.Baseline!.Value),
            new TwinFigures(
                states.Average(state => state.Twin!.HeldOutNrmse),
                states.Average(state => state.Twin!.Fidelity.DeviceGradientCosine)),
            new FrameFigures(sum.FramesSent, sum.FramesRetried, sum.FramesRefused),
            sum.Passes,
            TimesOf(sum));
    }

    public static TimeFigures TimesOf(Tally sum) => new(
        sum.TotalSeconds, sum.PhysicsSeconds, Math.Max(sum.SystemSeconds - sum.PhysicsSeconds, 0), sum.TwinSeconds, sum.UpdateSeconds);
}
