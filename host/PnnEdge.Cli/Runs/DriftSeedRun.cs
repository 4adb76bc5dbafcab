using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Runs;

/// <summary>One trained seed through one phase of drift, on a bench that is opened for it.</summary>
internal sealed class DriftSeedRun(TrainedSeed trained, DriftSettings drift, StudyFolder folder, CliHost host, IProgressView view)
{
    private readonly ExperimentSettings _settings = trained.Settings;
    private readonly DriftTimeline _timeline = drift.Timeline(trained.NextShot, trained.Settings, trained.Data);

    public async Task<DriftSeed> RunAsync(BenchSource source, BenchLoss loss)
    {
        long start = host.Time.GetTimestamp();
        BenchRequest drifting = drift.On(source.Virtual!, Played(_timeline.DriftFirst));
        await using OpenBench bench = await BenchOpener.OpenAsync(source with { Virtual = drifting, Calibration = null }, _settings.Plan().Shot, host, view, loss);
        List<IDriftAnswer> answers = Answers(bench.System);
        List<DriftStage> stages = [];
        List<AnswerScore> scores = [];
        var reached = new Callback<AnswerScore>(score =>
        {
            scores.Add(score);
            if (scores.Count == answers.Count)
            {
                stages.Add(StageOf(scores, answers));
                folder.AppendLine(stages[^1]);
                scores.Clear();
            }

            double seconds = Math.Max(host.Time.GetElapsedTime(start).TotalSeconds, 1e-3);
            int done = (stages.Count * answers.Count) + scores.Count;
            view.Report(new StageProgress(
                trained.Seed, "drift", done, (_timeline.Stages + 1) * answers.Count, Detail(stages), bench.System.Usage.Passes / seconds));
        });
        await new DriftStudy(answers, trained.Data.Test, trained.TestBatch, _timeline, host.Time).RunAsync(reached, loss.Token);
        return new DriftSeed(trained.Seed, stages, bench.System.Usage.Passes, host.Time.GetElapsedTime(start).TotalSeconds);
    }

    private List<IDriftAnswer> Answers(IPhysicalSystem bench)
    {
        IPhysicalSystem system = trained.Reading(bench);
        PhysicalNetwork network = trained.Network(bench);
        double rate = drift.RateShare * _settings.Training.LearningRate;
        var frames = new ReferenceFrames(network.Shape.Plan, network.Shape.DriveRange, drift.ReferenceFrames);
        return
        [
            new NoAnswer(network.Copy(), system),
            new CompensationAnswer(network.Copy(), new CompensatedSystem(system, frames)),
            new TrainingAnswer(DriftAnswer.OldTwin, trained.GoOn(network.Copy(), system, trained.Twin(), host.Time), drift.StepsPerStage, rate),
            new TrainingAnswer(DriftAnswer.RefitTwin, trained.GoOn(network.Copy(), system, trained.AdaptiveTwin(system, drift.Refit), host.Time), drift.StepsPerStage, rate),
        ];
    }

    private DriftStage StageOf(List<AnswerScore> scores, List<IDriftAnswer> answers)
    {
        int stage = scores[0].Stage;
        ReadoutCorrection correction = answers.OfType<CompensationAnswer>().Single().Correction;
        double Nrmse(DriftAnswer answer) => answers.OfType<TrainingAnswer>().Single(training => training.Kind == answer).TwinNrmse;
        double Of(DriftAnswer answer) => scores.Single(score => score.Answer == answer).Accuracy;
        ulong shots = stage == 0 ? 0 : Played(_timeline.Answer(stage + 1)) - Played(_timeline.DriftFirst);
        return new DriftStage(
            trained.Seed, stage, shots, Of(DriftAnswer.Nothing), Of(DriftAnswer.Compensation), Of(DriftAnswer.OldTwin), Of(DriftAnswer.RefitTwin),
            correction.Gain, correction.OffsetVolts, Nrmse(DriftAnswer.OldTwin), Nrmse(DriftAnswer.RefitTwin));
    }

    // With repeated readout the bench plays every logical shot so often.
    private ulong Played(ulong shot) => ShotIndex.Repeated(shot, _settings.Training.Repeats);

    private static string Detail(List<DriftStage> stages) => stages.Count == 0 ? string.Empty : FormattableString.Invariant(
        $"stage {stages[^1].Stage}: {stages[^1].Nothing:P1} with nothing, {stages[^1].Compensation:P1} compensated, {stages[^1].OldTwin:P1} old twin, {stages[^1].RefitTwin:P1} refit");
}
