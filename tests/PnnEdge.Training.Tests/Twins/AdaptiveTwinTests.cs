using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Training.Tests.Twins;

public class AdaptiveTwinTests
{
    private static readonly TwinFitSettings Fit = TinyTask.TwinFit with
    {
        Kind = TwinKind.CausalConvolution,
        Shots = 400,
        HiddenWidths = [16, 16],
        MemorySlots = 6,
        Epochs = 30,
        BatchShots = 10,
        LearningRate = 0.01,
    };

    [Theory, InlineData(RefitScope.Last, 0.5), InlineData(RefitScope.All, 0.35)]
    public async Task After_a_drift_the_twin_follows_from_the_pairs_it_is_shown(RefitScope scope, double atMost)
    {
        MixingSystem drifted = TinyTask.System(gain: 0.7, memory: 0.6);
        TwinFit old = await FitAsync();
        ShotSet shown = await TwinFitting.PlayAsync(drifted, TinyTask.Plan, TinyTask.Drive, 300, 15, 3, null, default);
        ShotSet fresh = await TwinFitting.PlayAsync(drifted, TinyTask.Plan, TinyTask.Drive, 300, 15, 4, null, default);
        double before = TwinFitting.Nrmse(old.Twin, fresh);
        var twin = new AdaptiveTwin((ITrainableTwin)old.Twin, new AdaptiveSettings { Scope = scope, WindowShots = 128, EverySteps = 2 }, 1);
        foreach (ShotCall call in shown.Calls)
        {
            twin.Remember(call.Slots, call.Actuators, call.Windows);
            twin.EndStep();
        }

        Assert.Equal((128, 10), (twin.Remembered, twin.Refits)); // 8 of each 15 shots, 20 calls
        double after = TwinFitting.Nrmse(twin, fresh);
        Assert.True(after < atMost * before, $"NRMSE {before:F3} before and {after:F3} after.");
    }

    [Fact]
    public async Task A_system_that_did_not_drift_leaves_the_last_layer_where_a_fit_put_it()
    {
        TwinFit fit = await FitAsync();
        ShotSet fresh = await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 300, 15, 4, null, default);
        double before = TwinFitting.Nrmse(fit.Twin, fresh);
        (float[] x, float[] y) = (await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 300, 15, 3, null, default)).Rows();
        LastLayerFit.Run((ITrainableTwin)fit.Twin, x, y, 300, ridge: 1e-3);
        Assert.InRange(TwinFitting.Nrmse(fit.Twin, fresh) / before, 0.8, 1.03); // 2400 windows for 17 numbers: at worst the noise of their fit
    }

    [Theory, InlineData(RefitScope.Last), InlineData(RefitScope.All)]
    public async Task A_training_that_adapts_broken_off_and_restored_ends_with_the_same_bits(RefitScope scope)
    {
        using var folder = new TemporaryFolder();
        var settings = new AdaptiveSettings { Scope = scope, WindowShots = 40, ShotsPerLayer = 6, EverySteps = 4, FitSteps = 3 };
        TaskData data = TinyTask.Data();
        TwinFit fit = await FitAsync();
        TwinFile.Save(folder.File("twin.npz"), fit.Twin);
        (AdaptiveTwin wholeTwin, PhysicalNetwork whole, Trainer uninterrupted) = Start(TinyTask.System());
        await uninterrupted.RunAsync(null, default);

        MixingSystem failing = TinyTask.System();
        failing.FailAfterCalls = 41;
        (AdaptiveTwin brokenTwin, _, Trainer broken) = Start(failing);
        await Assert.ThrowsAsync<PhysicalSystemException>(() => broken.RunAsync(null, default));
        AdaptiveState state = brokenTwin.Export();
        Assert.NotEqual(0, state.Next); // in the middle of a round through the memory

        (AdaptiveTwin restoredTwin, PhysicalNetwork restored, Trainer goesOn) = Start(TinyTask.System());
        restoredTwin.Import(state);
        goesOn.Import(broken.Export());
        await goesOn.RunAsync(null, default);
        Assert.Equal(whole.Parameters, restored.Parameters);
        Assert.Equal(wholeTwin.Export().Refit.Parameters, restoredTwin.Export().Refit.Parameters);
        Assert.NotEqual(TinyTask.ParametersOf(fit).Select(parameter => (double)parameter), wholeTwin.Export().Refit.Parameters);

        (AdaptiveTwin, PhysicalNetwork, Trainer) Start(IPhysicalSystem system)
        {
            var twin = new AdaptiveTwin(TwinFile.Load(folder.File("twin.npz")), settings, 3);
            PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 3);
            return (twin, network, new Trainer(network, system, twin, data, TinyTask.Settings(4), 3, 0, TimeProvider.System, observe: twin.Observe));
        }
    }

    [Fact]
    public async Task A_refit_of_all_layers_that_does_not_lower_the_error_leaves_the_twin_as_it_was()
    {
        ITrainableTwin twin = (ITrainableTwin)(await FitAsync()).Twin;
        ShotSet shots = await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 60, 15, 3, null, default);
        float[] before = [.. twin.Parameters];
        double error = TwinFitting.Nrmse(twin, shots);
        var wild = new TrainableRefit(twin, new AdaptiveSettings { Scope = RefitScope.All, LearningRate = 10 }, 1);
        wild.Run(shots, 1);
        Assert.Equal(before, twin.Parameters);
        Assert.Equal(0, wild.Export().OptimizerSteps);

        new TrainableRefit(twin, new AdaptiveSettings { Scope = RefitScope.All }, 1).Run(shots, 1);
        Assert.NotEqual(before, twin.Parameters);
        Assert.InRange(TwinFitting.Nrmse(twin, shots), 0, error);
    }

    [Fact]
    public async Task The_newest_shots_are_remembered_each_with_the_actuators_of_its_call()
    {
        ITrainableTwin twin = (ITrainableTwin)(await FitAsync()).Twin;
        var settings = new AdaptiveSettings { WindowShots = 5, ShotsPerLayer = 2, EverySteps = 100 };
        AdaptiveTwin adaptive = new(twin, settings, 1), restored = new(twin, settings, 1);
        for (int call = 0; call < 4; call++) { Call(adaptive, call); } // eight shots, for five places
        AdaptiveState state = adaptive.Export();
        restored.Import(state);
        Call(adaptive, 4);
        Call(restored, 4);

        Assert.Equal(3, state.Next);
        Assert.Equal(["2.1 @2", "3 @3 3.1 @3", "1.1 @1", "2 @2"], state.Remembered.Select(Shown));
        Assert.Equal(["2.1 @2", "3 @3 3.1 @3", "4 @4 4.1 @4"], adaptive.Export().Remembered.Select(Shown));
        Assert.Equal(adaptive.Export().Remembered.Select(Shown), restored.Export().Remembered.Select(Shown));

        void Call(AdaptiveTwin of, int call)
        {
            float[] slots = [.. Enumerable.Repeat((float)call, twin.Slots), .. Enumerable.Repeat(call + 0.1f, twin.Slots)];
            of.Remember(slots, [call], new float[2 * twin.Outputs]);
        }

        string Shown(ShotCall call) => string.Join(' ', Enumerable.Range(0, call.Shots).Select(s => FormattableString.Invariant($"{call.Slots[s * twin.Slots]:0.#} @{call.Actuators[0]}")));
    }

    [Fact]
    public async Task A_state_of_another_twin_is_refused()
    {
        ITrainableTwin twin = (ITrainableTwin)(await FitAsync()).Twin, other = (ITrainableTwin)(await TinyTask.FitTwinAsync(TinyTask.System(), 1)).Twin;
        AdaptiveState state = new AdaptiveTwin(twin, new AdaptiveSettings(), 1).Export();
        Assert.Throws<ArgumentException>(() => new AdaptiveTwin(other, new AdaptiveSettings(), 1).Import(state));
        Assert.Throws<ArgumentException>(() => new AdaptiveTwin(twin, new AdaptiveSettings { EverySteps = 0 }, 1));
    }

    private static Task<TwinFit> FitAsync() =>
        TwinFitting.RunAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, Fit, 2, TimeProvider.System, null, default);
}
