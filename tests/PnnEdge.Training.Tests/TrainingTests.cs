using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public class TrainingTests
{
    [Fact]
    public async Task Physics_aware_training_learns_on_a_three_line_system()
    {
        MixingSystem system = TinyTask.System();
        TwinFit fit = await TinyTask.FitTwinAsync(system, 1);
        Assert.InRange(fit.HeldOutNrmse, 0, 0.25); // a usable twin; what it is worth is measured elsewhere
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 1);
        TaskData data = TinyTask.Data();
        Score before = await Test(network, system, data);
        var trainer = new Trainer(network, system, fit.Twin, data, TinyTask.Settings(30), 1, firstShot: ShotIndex.First(1) + 10_000, TimeProvider.System);
        await trainer.RunAsync(null, default);
        Score after = await Test(network, system, data);

        Assert.InRange(before.Accuracy, 0, 0.7);
        Assert.InRange(after.Accuracy, 0.9, 1); // clouds of 0.11 about centres 0.5 apart: a linear rule reaches about 99 %
        Assert.Equal(30, trainer.History.Count);
        Assert.Equal(trainer.Best!.ValidationAccuracy, trainer.History.Max(epoch => epoch.ValidationAccuracy));
    }

    [Fact]
    public async Task On_a_biased_twin_physics_aware_training_delivers_and_training_in_silico_does_not()
    {
        // The twin is fitted to a unit without memory: right about every slot, blind to what slots do to each other.
        MixingSystem real = TinyTask.System();
        TwinFit biased = await TinyTask.FitTwinAsync(TinyTask.System(memory: 0), 2);
        TaskData data = TinyTask.Data();
        PhysicalNetwork aware = TinyTask.Network(biased.OutputScale, 2, layers: 3), silico = TinyTask.Network(biased.OutputScale, 2, layers: 3);
        await using var model = new TwinSystem(biased.Twin, TinyTask.Plan, real.Description);

        await new Trainer(aware, real, biased.Twin, data, TinyTask.Settings(30), 2, firstShot: ShotIndex.First(2) + 10_000, TimeProvider.System).RunAsync(null, default);
        await new Trainer(silico, model, biased.Twin, data, TinyTask.Settings(30), 2, firstShot: ShotIndex.First(2) + 10_000, TimeProvider.System).RunAsync(null, default);

        double delivers = (await Test(aware, real, data)).Accuracy;
        double claims = (await Test(silico, model, data)).Accuracy;
        double deployed = (await Test(silico, real, data)).Accuracy;
        Assert.InRange(delivers, 0.9, 1);
        Assert.InRange(claims, 0.9, 1);
        Assert.True(deployed < delivers - 0.1, $"In silico claimed {claims:P1} and delivered {deployed:P1}; physics-aware training delivered {delivers:P1}.");
    }

    [Theory, InlineData(null), InlineData(OptimizerKind.Sgd), InlineData(OptimizerKind.Momentum), InlineData(OptimizerKind.Adadelta)]
    public async Task A_training_broken_off_and_restored_ends_with_the_same_bits(OptimizerKind? optimizer)
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        TaskData data = TinyTask.Data();
        TrainingSettings settings = TinyTask.Settings(4) with { Optimizer = optimizer };
        PhysicalNetwork whole = TinyTask.Network(fit.OutputScale, 3), broken = TinyTask.Network(fit.OutputScale, 3), restored = TinyTask.Network(fit.OutputScale, 99);
        await new Trainer(whole, TinyTask.System(), fit.Twin, data, settings, 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System).RunAsync(null, default);

        // Fails on the second layer of a step in the middle of the second epoch.
        MixingSystem failing = TinyTask.System();
        failing.FailAfterCalls = 31;
        var first = new Trainer(broken, failing, fit.Twin, data, settings, 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System);
        await Assert.ThrowsAsync<PhysicalSystemException>(() => first.RunAsync(null, default));
        TrainerState state = first.Export();
        Assert.Equal(1, state.Epoch);
        Assert.InRange(state.Position, 1, data.Train.Count - 1);

        var second = new Trainer(restored, TinyTask.System(), fit.Twin, data, settings, 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System);
        second.Import(state);
        await second.RunAsync(null, default);
        Assert.Equal(whole.Parameters, restored.Parameters);

        // The same trainer goes on by itself too, once the bench is back.
        failing.FailAfterCalls = int.MaxValue;
        await first.RunAsync(null, default);
        Assert.Equal(whole.Parameters, broken.Parameters);
    }

    [Fact]
    public async Task A_checkpoint_of_another_seed_is_refused()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 3);
        TrainerState state = new Trainer(network, TinyTask.System(), fit.Twin, TinyTask.Data(), TinyTask.Settings(4), 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System).Export();
        var other = new Trainer(network, TinyTask.System(), fit.Twin, TinyTask.Data(), TinyTask.Settings(4), 4, firstShot: ShotIndex.First(4) + 10_000, TimeProvider.System);
        Assert.Contains("seed 3", Assert.Throws<ArgumentException>(() => other.Import(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_evaluation_does_not_depend_on_its_batches()
    {
        MixingSystem system = TinyTask.System(noiseVolts: 0.3);
        PhysicalNetwork network = TinyTask.Network(OutputScale.Same(TinyTask.Plan.Windows, 0, 0.5f), 5);
        TaskData data = TinyTask.Data();
        ulong first = ShotIndex.First(5);
        int[] small = new int[data.Test.Count], large = new int[data.Test.Count];
        await Evaluation.RunAsync(network, system, data.Test, 7, first, TimeProvider.System, default, small);
        await Evaluation.RunAsync(network, system, data.Test, 1000, first, TimeProvider.System, default, large);
        Assert.Equal(large, small);
        Assert.Equal(2 * 2 * data.Test.Count, system.Usage.Passes);
    }

    [Fact]
    public void Shots_of_different_seeds_never_meet()
    {
        Assert.Equal(1UL << 40, ShotIndex.First(8) - ShotIndex.First(7));
        Assert.Equal(ulong.MaxValue, ShotIndex.First(ShotIndex.MaxSeed) + (1UL << 40) - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShotIndex.First(1UL << 24));
    }

    [Fact]
    public async Task Shots_are_counted_as_they_are_played_and_none_twice()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        var seen = new SeenShots(TinyTask.System());
        TaskData data = TinyTask.Data();
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 3);
        ulong next = await NetworkCalibration.RunAsync(network, seen, data.Train, 1000, TimeProvider.System, default);
        var trainer = new Trainer(network, seen, fit.Twin, data, TinyTask.Settings(2), 3, next, TimeProvider.System);
        await trainer.RunAsync(null, default);
        await Evaluation.RunAsync(network, seen, data.Test, 64, trainer.NextShot, TimeProvider.System, default);
        Assert.Equal(seen.All.Count, seen.All.Distinct().Count());
        Assert.Equal(1000UL, seen.All.Min());
        Assert.Equal((ulong)seen.All.Count, seen.All.Max() - 999); // no gap either
    }

    private sealed class SeenShots(IPhysicalSystem system) : IPhysicalSystem
    {
        public List<ulong> All { get; } = [];

        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            for (int s = 0; s < stimulus.Shots; s++) { All.Add(stimulus.FirstShot + (ulong)s); }
            return system.RunAsync(stimulus, cancellation);
        }

        public ValueTask DisposeAsync() => system.DisposeAsync();
    }

    [Fact]
    public async Task Progress_counts_every_step_and_a_cancelled_training_keeps_its_place()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 3);
        using var stop = new CancellationTokenSource();
        var seen = new List<TrainingProgress>();
        var trainer = new Trainer(TinyTask.Network(fit.OutputScale, 3), TinyTask.System(), fit.Twin, TinyTask.Data(), TinyTask.Settings(4), 3, firstShot: ShotIndex.First(3) + 10_000, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.RunAsync(new Now(report =>
        {
            seen.Add(report);
            if (report.Step == 3) { stop.Cancel(); }
        }), stop.Token));
        Assert.Equal([1, 2, 3], seen.Select(report => report.Step));
        Assert.All(seen, report => Assert.True(double.IsFinite(report.Loss)));
        Assert.Equal(3 * 16, trainer.Export().Position);
    }

    private static Task<Score> Test(PhysicalNetwork network, IPhysicalSystem system, TaskData data) =>
        Evaluation.RunAsync(network, system, data.Test, 64, ShotIndex.First(1), TimeProvider.System, default);

    // Progress<T> posts to another thread; this one reports at once.
    private sealed class Now(Action<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen(value);
    }
}
