using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Runs;

/// <summary>A transfer's figures over all seeds.</summary>
internal static class TransferFigures
{
    /// <param name="states">[seed].</param> <param name="seeds">[seed].</param>
    public static TransferSummary Of(RunConfig config, TransferSettings settings, IReadOnlyList<SeedState> states, IReadOnlyList<TransferSeed> seeds)
    {
        static AccuracyFigures Over(IEnumerable<double> accuracies) => AccuracyFigures.Of([.. accuracies]);
        RecoveryFigures Recovery(Func<TransferSeed, IReadOnlyList<TransferPoint>> curveOf) => new(
            Over(seeds.Select(seed => curveOf(seed)[^1].Accuracy)),
            [.. curveOf(seeds[0]).Select((_, test) => Over(seeds.Select(seed => curveOf(seed)[test].Accuracy)))],
            seeds.Average(seed => curveOf(seed)[^1].TwinNrmse));
        (StudyPasses passes, StudySeconds seconds) = StudyTally.Of(states, seeds);
        return new TransferSummary(
            config.Settings.Task, config.Settings.System, Simulated: true, seeds.Count, config.Bench!.Serial, settings.ToSerial,
            Over(seeds.Select(seed => seed.OnA)), Over(seeds.Select(seed => seed.OldTwin[0].Accuracy)),
            Recovery(seed => seed.OldTwin), seeds.All(seed => seed.RefitTwin.Count > 0) ? Recovery(seed => seed.RefitTwin) : null,
            [.. seeds[0].OldTwin.Select(point => point.Passes)],
            states.Average(state => state.Baseline!.Value), config.Settings.Twin.Kind, settings.Refit,
            passes, seconds);
    }
}
