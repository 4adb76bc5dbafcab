using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Adaptation;

public class ContinuedTrainingTests
{
    [Fact]
    public async Task Two_trainings_of_one_seed_take_the_same_steps_and_another_seed_takes_others()
    {
        TaskData data = TinyTask.Data();
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 1);
        float[] first = await ParametersAsync(7), second = await ParametersAsync(7), other = await ParametersAsync(8);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);

        async Task<float[]> ParametersAsync(ulong seed)
        {
            PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 1);
            var training = new ContinuedTraining(network, TinyTask.System(), fit.Twin, data.Train, TinyTask.Settings(1), seed, TimeProvider.System);
            for (int step = 0; step < 12; step++) { await training.StepAsync((ulong)(step * training.PassesPerStep), 0.01, default); } // over the end of an epoch
            return network.Parameters;
        }
    }

    [Fact]
    public async Task A_step_plays_its_layers_one_after_the_other()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 1);
        var system = new DriftingReadout(TinyTask.System(), ulong.MaxValue, 1, 0);
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 1, layers: 3);
        var training = new ContinuedTraining(network, system, fit.Twin, TinyTask.Data().Train, TinyTask.Settings(1), 1, TimeProvider.System);
        Assert.True(double.IsNaN(training.TwinNrmse));
        StepReport report = await training.StepAsync(900, 0.01, default);
        Assert.Equal([(900UL, 16), (916UL, 16), (932UL, 16)], system.Asked);
        Assert.Equal((48, 48, 48), (report.Passes, training.PassesPerStep, ContinuedTraining.PassesOfStep(3, TinyTask.Data().Train, TinyTask.Settings(1))));
        Assert.InRange(training.TwinNrmse, 0.01, 0.6); // a fitted twin, off the shots that it was fitted to
    }

    [Fact]
    public async Task A_network_that_comes_from_another_unit_wins_most_of_its_loss_back_on_the_new_one()
    {
        TaskData data = TinyTask.Data();
        MixingSystem from = TinyTask.System();
        var to = new DriftingReadout(TinyTask.System(gain: 0.7, memory: 0.2), 0, gain: 0.6f, offsetVolts: 0.2f); // other parts, another readout
        TwinFit fit = await TinyTask.FitTwinAsync(from, 4);
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 4);
        await new Trainer(network, from, fit.Twin, data, TinyTask.Settings(20), 4, firstShot: 10_000, TimeProvider.System).RunAsync(null, default);
        double there = (await Evaluation.RunAsync(network, from, data.Test, 64, 50_000, TimeProvider.System, default)).Accuracy;

        var training = new ContinuedTraining(network, to, fit.Twin, data.Train, TinyTask.Settings(20), 4, TimeProvider.System);
        var plan = new TransferPlan(FirstShot: 90_000, Steps: 110, StepsPerTest: 40, LearningRate: 0.03);
        IReadOnlyList<TransferScore> curve = await new TransferStudy(training, data.Test, plan, 64, TimeProvider.System).RunAsync(null, default);

        Assert.Equal([0, 40 * 32, 80 * 32, 110 * 32], curve.Select(score => score.Passes)); // the last step is tested, too
        Assert.True(curve[0].Accuracy < there - 0.1, $"{there:P1} where it was trained, {curve[0].Accuracy:P1} as it came");
        Assert.True(curve[^1].Accuracy > (there + curve[0].Accuracy) / 2, $"{there:P1} where it was trained, {curve[0].Accuracy:P1} as it came, {curve[^1].Accuracy:P1} recovered");
        Assert.Equal(to.AllShots.Count(), to.AllShots.Distinct().Count());
        Assert.Equal(90_000UL, to.AllShots.Min());
    }
}
