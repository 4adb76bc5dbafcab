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

    [Theory, InlineData(RefitScope.LastLayer, 0.5), InlineData(RefitScope.AllLayers, 0.35)]
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

    [Theory, InlineData(RefitScope.LastLayer), InlineData(RefitScope.AllLayers)]
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
        AdaptiveFile.Save(folder.File("adaptive.npz"), brokenTwin.Export());

        (AdaptiveTwin restoredTwin, PhysicalNetwork restored, Trainer goesOn) = Start(TinyTask.System());
        restoredTwin.Import(AdaptiveFile.Load(folder.File("adaptive.npz")));
        goesOn.Import(broken.Export());
        await goesOn.RunAsync(null, default);
        Assert.Equal(whole.Parameters, restored.Parameters);
        Assert.Equal(wholeTwin.Export().Parameters, restoredTwin.Export().Parameters);
        Assert.NotEqual(TinyTask.ParametersOf(fit), wholeTwin.Export().Parameters);

        (AdaptiveTwin, PhysicalNetwork, Trainer) Start(IPhysicalSystem system)
        {
            var twin = new AdaptiveTwin(TwinFile.Load(folder.File("twin.npz")), settings, 3);
            PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 3);
            return (twin, network, new Trainer(network, system, twin, data, TinyTask.Settings(4), 3, 0, TimeProvider.System, observe: twin.Observe));
        }
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
