using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Training.Tests.Adaptation;

public class DriftStudyTests
{
    private const int TestBatch = 64;

    [Fact]
    public async Task Every_answer_plays_inside_its_stage_and_all_are_tested_on_the_same_shots()
    {
        TaskData data = TinyTask.Data();
        PhysicalNetwork network = TinyTask.Network(Coding.OutputScale.Same(TinyTask.Plan.Windows, 0, 0.5f), 1);
        int tests = data.Test.Count * network.Shape.PassesPerSample;
        var timeline = new DriftTimeline(FirstShot: 5000, tests, AnswerShots: 40, Stages: 3, StageShots: 400);
        var idle = new DriftingReadout(TinyTask.System(), ulong.MaxValue, 1, 0);
        var asked = new DriftingReadout(TinyTask.System(), ulong.MaxValue, 1, 0);
        var answer = new CompensationAnswer(network, new CompensatedSystem(asked, new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, 40)));
        await new DriftStudy([new NoAnswer(network, idle), answer], data.Test, TestBatch, timeline, TimeProvider.System).RunAsync(null, default);

        ulong drift = 5000 + (ulong)tests + 40;
        Assert.Equal(drift, timeline.DriftFirst);
        IEnumerable<ulong> expected = [5000, .. Enumerable.Range(1, 3).Select(stage => drift + (400 * (ulong)stage) - (ulong)tests)];
        Assert.Equal(expected.SelectMany(first => Enumerable.Range(0, tests).Select(s => first + (ulong)s)), idle.AllShots.Order());
        ulong[] answers = [.. asked.AllShots.Except(idle.AllShots)];
        ulong[] frames = [drift - 40, drift, drift + 400, drift + 800];
        Assert.Equal(frames.SelectMany(first => Enumerable.Range(0, 40).Select(s => first + (ulong)s)), answers);
        Assert.Equal(idle.AllShots.Count() + answers.Length, asked.AllShots.Count()); // nothing twice
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(3, 139)]
    public void A_stage_that_does_not_hold_an_answer_and_a_test_is_refused(int stages, int stageShots)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new DriftTimeline(0, TestShots: 100, AnswerShots: 40, stages, stageShots).Checked());
        Assert.Equal($"Asked for {stages} stages of {stageShots} shots; it takes at least one, of at least 140 shots: 40 to answer the drift and 100 to test.", refusal.Message);
    }

    [Fact]
    public async Task A_readout_that_drifts_costs_accuracy_and_each_answer_wins_most_of_it_back()
    {
        TaskData data = TinyTask.Data();
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 1), own = await TinyTask.FitTwinAsync(TinyTask.System(), 1);
        PhysicalNetwork trained = TinyTask.Network(fit.OutputScale, 1);
        await new Trainer(trained, TinyTask.System(), fit.Twin, data, TinyTask.Settings(20), 1, firstShot: 10_000, TimeProvider.System).RunAsync(null, default);

        var timeline = new DriftTimeline(100_000, data.Test.Count * 2, AnswerShots: 15 * 32, Stages: 4, StageShots: 700);
        var system = new DriftingReadout(TinyTask.System(), timeline.DriftFirst, gain: 0.6f, offsetVolts: 0.3f);
        PhysicalNetwork old = trained.Copy(), refit = trained.Copy();
        var adaptive = new AdaptiveTwin((ITrainableTwin)own.Twin, new AdaptiveSettings { WindowShots = 128, ShotsPerLayer = 16, EverySteps = 1, Ridge = 0.03 }, 1);
        IDriftAnswer[] answers =
        [
            new NoAnswer(trained, system),
            new CompensationAnswer(trained, new CompensatedSystem(system, new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, 16))),
            new TrainingAnswer(DriftAnswer.OldTwin, GoOn(old, fit.Twin), stepsPerStage: 15, learningRate: 0.03),
            new TrainingAnswer(DriftAnswer.RefitTwin, GoOn(refit, adaptive), stepsPerStage: 15, learningRate: 0.03),
        ];
        IReadOnlyList<IReadOnlyList<AnswerScore>> stages = await new DriftStudy(answers, data.Test, TestBatch, timeline, TimeProvider.System).RunAsync(null, default);

        Assert.Equal([0, 1, 2, 3, 4], stages.Select(scores => scores[0].Stage));
        Assert.All(stages[0], score => Assert.Equal(stages[0][0].Accuracy, score.Accuracy)); // one network, one system, the same shots
        double before = stages[0][0].Accuracy, nothing = stages[^1][0].Accuracy;
        Assert.InRange(before, 0.9, 1); // as the training test
        Assert.True(nothing < before - 0.2, $"{before:P1} before, {nothing:P1} with nothing");
        Assert.All(stages[^1].Skip(1), score => Assert.True(score.Accuracy > (before + nothing) / 2, $"{score.Answer}: {before:P1} before, {nothing:P1} with nothing, {score.Accuracy:P1} at the end"));
        Assert.InRange(stages[^1][1].Accuracy, before - 0.04, 1); // a readout's drift is undone whole, but for the noise of two of 60 samples
        Assert.Equal([0, 16, 480, 480], answers.Select(answer => answer.PassesPerStage));
        TrainingAnswer[] trainings = [.. answers.OfType<TrainingAnswer>()];
        Assert.True(trainings[1].TwinNrmse < 0.5 * trainings[0].TwinNrmse, $"old twin {trainings[0].TwinNrmse:F2}, refitted {trainings[1].TwinNrmse:F2}");

        ContinuedTraining GoOn(PhysicalNetwork network, ITwin twin) => new(network, system, twin, data.Train, TinyTask.Settings(20), 1, TimeProvider.System);
    }
}
