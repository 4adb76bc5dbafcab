using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public class NetworkStageTests
{
    [Fact]
    public void Fixed_stretches_are_equal_and_mean_over_whole_windows()
    {
        float[] edges = ClassReadout.EqualEdges(10, 3), logits = new float[3];
        Assert.Equal([0, 0.3f, 0.3f, 0.6f, 0.6f, 1], edges);
        ClassReadout.Forward([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, edges, [1, 1, 2], [0, 0, 1], sharpness: 1, logits);
        Assert.Equal(2, logits[0], 1e-5); // an edge of 0.3·10 lies a rounding beside 3
        Assert.Equal(5, logits[1], 1e-5);
        Assert.Equal(18, logits[2], 1e-5);
    }

    [Fact]
    public void An_edge_inside_a_window_takes_its_share_of_it()
    {
        float[] logits = new float[1];
        ClassReadout.Forward([10, 20, 30, 40], 1, [0.125f, 0.625f], [1], [0], sharpness: 1, logits); // windows 0.5 to 2.5: ½·10 + 20 + ½·30 over 2
        Assert.Equal(20, logits[0], 1e-5);
    }

    [Fact]
    public void A_stretch_keeps_half_a_window_and_a_clamped_edge_gets_no_gradient()
    {
        float[] carried = [10, 20, 30, 40], logits = new float[1], dcarried = new float[4], dedges = new float[2], unused = new float[1];
        float[] crossed = [0.5f, 0.25f];
        ClassReadout.Forward(carried, 1, crossed, [1], [0], sharpness: 1, logits);
        Assert.Equal(30, logits[0], 1e-5); // from window 2 to 2.5
        ClassReadout.Vjp(carried, 1, crossed, [1], 1, [1], dcarried, dedges, unused, unused);
        Assert.Equal(0, dedges[1]);
        Assert.Equal([0, 0, 1, 0], dcarried);
    }

    [Fact]
    public void Class_slots_rest_and_their_windows_are_not_passed_on()
    {
        NetworkShape shape = TinyTask.Shape(2) with { ClassSlots = 3, TrainSkip = false };
        var network = new PhysicalNetwork(shape, OutputScale.None(TinyTask.Plan.Windows));
        network.Initialise(1);
        Assert.Equal(5, network.InputsOf(1));
        var tape = new LayerTape();
        tape.Resize(shape, 1, network.InputsOf(1));
        network.PassOn([1, 2, 3, 4, 5, 6, 7, 8], 1, tape.Input);
        Assert.Equal([1, 2, 3, 4, 5], tape.Input.ToArray());
        float[] volts = new float[32];
        network.Encode(1, tape, 1, volts);
        for (int i = 5; i < 8; i++) { Assert.Equal(0, volts[shape.Plan.DataSlotAt[i] * 2], 1e-6); } // the drive range is ±1.5 V
    }

    [Fact]
    public void Each_branch_plays_its_own_parameters()
    {
        NetworkShape shape = TinyTask.Shape(1) with { Branches = 2 };
        var network = new PhysicalNetwork(shape, OutputScale.None(TinyTask.Plan.Windows));
        network.Initialise(1);
        network.Layers[0].Theta.Of(network.Parameters)[..8].Fill(0.25f);
        network.Layers[0].Theta.Of(network.Parameters)[8..].Fill(0.75f);
        var tape = new LayerTape();
        tape.Resize(shape, 2, 4);
        tape.Input.Fill(0.5f);
        float[] volts = new float[4 * 32];
        network.Encode(0, tape, 2, volts);
        for (int shot = 0; shot < 4; shot++) { Assert.Equal(shot % 2 == 0 ? -0.75f : 0.75f, volts[(shot * 32) + (shape.Plan.ParameterSlotAt[3] * 2)]); }
    }

    [Fact]
    public void A_system_that_is_loaded_first_is_read_after_its_last_slot()
    {
        var plan = new SlotPlan(4, 2, 1, windows: 3, readSamples: 6);
        Assert.Equal(ShotShape.LoadThenRead(6, 6), plan.Shot);
        float[] windows = new float[3];
        WindowDecoder.Forward([1, 3, 5, 7, 9, 11], 1, plan, windows);
        Assert.Equal([2, 6, 10], windows);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotPlan(4, 2, 1, windows: 7, readSamples: 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotPlan(4, 2, 1, windows: 3, delaySamples: 1, readSamples: 6));
    }

    [Fact]
    public async Task Sixteen_readings_averaged_have_a_quarter_of_the_noise()
    {
        await using var system = new MixingSystem(32, noiseVolts: 0.1);
        await using var repeated = new RepeatedSystem(system, 16);
        await using var quiet = new MixingSystem(32);
        var stimulus = new Stimulus(ShotIndex.First(3) + 7, 40, new float[40 * 32], [0.2f]);
        double once = Rms(await system.RunAsync(stimulus, default)), often = Rms(await repeated.RunAsync(stimulus, default));
        Assert.InRange(once, 0.095, 0.105); // 1,280 samples: ±2 % at one sigma
        Assert.InRange(often, 0.0235, 0.0265);
        Assert.Equal(40 + (40 * 16), system.Usage.Passes);

        double Rms(Measurement measured)
        {
            float[] exact = quiet.RunAsync(stimulus, default).Result.Volts;
            return Math.Sqrt(measured.Volts.Zip(exact, (m, e) => Math.Pow(m - e, 2)).Average());
        }
    }

    [Fact]
    public void Repeats_of_one_seed_stay_in_its_range_of_shots()
    {
        ulong first = ShotIndex.First(9), next = ShotIndex.First(10);
        Assert.Equal(first, ShotIndex.Repeated(first, 4));
        Assert.Equal(first + 4000, ShotIndex.Repeated(first + 1000, 4));
        Assert.InRange(ShotIndex.Repeated(first + 60_000_000, 8), first, next);
    }

    [Fact]
    public async Task A_restart_begins_at_the_first_rate_again()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        List<double> rates = [];
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 3);
        var trainer = new Trainer(
            network, TinyTask.System(), fit.Twin, TinyTask.Data(), TinyTask.Settings(4) with { Restarts = 1 }, 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System);
        await trainer.RunAsync(new Collect(rates), default);
        int half = rates.Count / 2;
        Assert.Equal(0.03, rates[0], 1e-6);
        Assert.InRange(rates[half - 2], 0.0003, 0.001); // the epoch's own report follows with the next step's rate
        Assert.Equal(1, rates.Skip(1).Zip(rates, (now, before) => now > before + 0.01 ? 1 : 0).Sum());
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(3, 7)]
    public async Task However_many_restarts_the_last_step_has_the_last_rate(int restarts, int epochs)
    {
        IReadOnlyList<double> rates = await RatesAsync(TinyTask.Settings(epochs) with { Restarts = restarts });
        Assert.Equal(restarts, rates.Skip(1).Zip(rates, (now, before) => now > before + 0.01 ? 1 : 0).Sum());
        Assert.Equal(0.03 * 0.01, rates[^1], 1e-6);
        Assert.All(rates.Skip(rates.Count - 3), rate => Assert.InRange(rate, 0, 0.01)); // it falls until the end
    }

    [Fact]
    public async Task Without_decay_the_rate_stays_and_a_warm_up_raises_it_step_by_step()
    {
        IReadOnlyList<double> rates = await RatesAsync(TinyTask.Settings(4) with { Decay = RateDecay.None });
        Assert.All(rates, rate => Assert.Equal(0.03, rate));
        rates = await RatesAsync(TinyTask.Settings(4) with { Decay = RateDecay.None, WarmupShare = 0.5 });
        Assert.InRange(rates[0], 1e-4, 0.01);
        Assert.All(rates.Skip(1).Zip(rates), pair => Assert.True(pair.First >= pair.Second, $"{pair.Second} then {pair.First}"));
        Assert.Equal(0.03, rates[^1]);
    }

    [Fact]
    public async Task What_is_kept_is_the_epoch_that_validated_best_and_not_the_last()
    {
        // A rate far too high: later epochs undo what earlier ones found.
        TrainingSettings wild = TinyTask.Settings(12) with { LearningRate = 0.5, Decay = RateDecay.None };
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        PhysicalNetwork kept = TinyTask.Network(fit.OutputScale, 3), until = TinyTask.Network(fit.OutputScale, 3);
        Trainer trained = await TrainAsync(kept, fit, wild);
        Assert.InRange(trained.Best!.Epoch, 1, 11);
        Assert.True(trained.History[^1].ValidationAccuracy < trained.Best.ValidationAccuracy, "the last epoch must be a worse one");
        await TrainAsync(until, fit, wild with { Epochs = trained.Best.Epoch }); // no decay: the same steps as far as they go
        Assert.Equal(until.Parameters, kept.Parameters);
    }

    private static async Task<Trainer> TrainAsync(PhysicalNetwork network, TwinFit fit, TrainingSettings settings, IProgress<TrainingProgress>? progress = null)
    {
        var trainer = new Trainer(network, TinyTask.System(), fit.Twin, TinyTask.Data(), settings, 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System);
        await trainer.RunAsync(progress, default);
        return trainer;
    }

    private static async Task<IReadOnlyList<double>> RatesAsync(TrainingSettings settings)
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        List<double> rates = [];
        await TrainAsync(TinyTask.Network(fit.OutputScale, 3), fit, settings, new Collect(rates));
        return rates;
    }

    private sealed class Collect(List<double> rates) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => rates.Add(value.LearningRate);
    }
}
