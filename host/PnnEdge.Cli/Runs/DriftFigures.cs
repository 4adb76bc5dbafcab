using PnnEdge.Cli.Results;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods.Adaptation;

namespace PnnEdge.Cli.Runs;

/// <summary>A drift's figures over all seeds.</summary>
internal static class DriftFigures
{
    /// <param name="samples">Of any seed: their numbers are the same in all.</param>
    /// <param name="states">[seed].</param> <param name="seeds">[seed].</param>
    public static DriftSummary Of(
        RunConfig config, DriftSettings settings, TaskData samples, IReadOnlyList<SeedState> states, IReadOnlyList<DriftSeed> seeds)
    {
        IReadOnlyList<DriftStage> first = seeds[0].Stages;
        int stepPasses = ContinuedTraining.PassesOfStep(config.Settings.Network.Layers * config.Settings.Network.Branches, samples.Train, config.Settings.Training);
        AnswerFigures Answer(DriftAnswer answer, int passes, Func<DriftStage, double>? nrmse = null) => new(
            AccuracyFigures.Of([.. seeds.Select(seed => seed.Stages[^1].Of(answer))]),
            AccuracyFigures.Of([.. seeds.Select(seed => seed.Stages.Skip(1).Average(stage => stage.Of(answer)))]),
            [.. first.Select((_, s) => AccuracyFigures.Of([.. seeds.Select(seed => seed.Stages[s].Of(answer))]))],
            passes,
            nrmse is null ? null : seeds.Average(seed => nrmse(seed.Stages[^1])));
        (StudyPasses passes, StudySeconds seconds) = StudyTally.Of(states, seeds);
        return new DriftSummary(
            config.Settings.Task, config.Settings.System, Simulated: true, seeds.Count, settings.Faults, [.. first.Select(stage => stage.Shots)],
            AccuracyFigures.Of([.. seeds.Select(seed => seed.Stages[0].Nothing)]),
            Answer(DriftAnswer.Nothing, 0), Answer(DriftAnswer.Compensation, settings.ReferenceFrames), Answer(DriftAnswer.OldTwin, settings.StepsPerStage * stepPasses, stage => stage.OldTwinNrmse),
            seeds.Any(seed => double.IsNaN(seed.Stages[0].RefitTwin)) ? null : Answer(DriftAnswer.RefitTwin, settings.StepsPerStage * stepPasses, stage => stage.RefitTwinNrmse),
            [.. first.Select((_, s) => seeds.Average(seed => seed.Stages[s].Gain))], [.. first.Select((_, s) => seeds.Average(seed => seed.Stages[s].OffsetVolts))],
            states.Average(state => state.Baseline!.Value), config.Settings.Twin.Kind, settings.Refit,
            passes, seconds);
    }
}
