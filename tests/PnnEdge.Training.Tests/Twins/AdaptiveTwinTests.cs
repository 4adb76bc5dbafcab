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

    [Fact]
    public async Task A_refit_of_all_layers_that_does_not_lower_the_error_leaves_the_twin_as_it_was()
    {
        ITrainableTwin twin = (ITrainableTwin)(await FitAsync()).Twin;
        ShotSet shots = await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 60, 15, 3, null, default);
        float[] before = [.. twin.Parameters];
        double error = TwinFitting.Nrmse(twin, shots);
        new TrainableRefit(twin, new AdaptiveSettings { Scope = RefitScope.All, LearningRate = 10 }, 1).Run(shots, 1);
        Assert.Equal(before, twin.Parameters);

        new TrainableRefit(twin, new AdaptiveSettings { Scope = RefitScope.All }, 1).Run(shots, 1);
        Assert.NotEqual(before, twin.Parameters);
        Assert.InRange(TwinFitting.Nrmse(twin, shots), 0, error);
    }

    [Fact]
    public async Task A_refit_that_was_taken_back_leaves_nothing_to_the_next()
    {
        TwinFit fit = await FitAsync();
        float[] fitted = [.. ((ITrainableTwin)fit.Twin).Parameters];
        ShotSet known = await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 60, 15, 3, null, default);
        ShotSet drifted = await TwinFitting.PlayAsync(TinyTask.System(gain: 0.3), TinyTask.Plan, TinyTask.Drive, 60, 15, 4, null, default);

        // Steps that lower a large error and raise a small one.
        var settings = new AdaptiveSettings { Scope = RefitScope.All, LearningRate = 0.05 };
        Assert.Equal(fitted, After(known));
        float[] moved = After(drifted);
        Assert.NotEqual(fitted, moved);
        Assert.Equal(moved, After(known, drifted));

        float[] After(params ShotSet[] sets)
        {
            ITrainableTwin twin = (ITrainableTwin)fit.Twin;
            fitted.CopyTo(twin.Parameters);
            var refit = new TrainableRefit(twin, settings, 1);
            foreach (ShotSet set in sets) { refit.Run(set, 1); }
            return [.. twin.Parameters];
        }
    }

    [Fact]
    public async Task The_newest_shots_are_remembered_each_with_the_actuators_of_its_call()
    {
        var seen = new Listener((await FitAsync()).Twin);
        var adaptive = new AdaptiveTwin(seen, new AdaptiveSettings { WindowShots = 5, ShotsPerLayer = 2, EverySteps = 1 });
        for (int call = 0; call < 4; call++) { Call(call); } // eight shots, for five places
        adaptive.EndStep();
        Assert.Equal(["2.1 @2", "3 @3 3.1 @3", "1.1 @1", "2 @2"], seen.Last);
        Call(4);
        adaptive.EndStep();
        Assert.Equal(["2.1 @2", "3 @3 3.1 @3", "4 @4 4.1 @4"], seen.Last);

        void Call(int call)
        {
            float[] slots = [.. Enumerable.Repeat((float)call, seen.Twin.Slots), .. Enumerable.Repeat(call + 0.1f, seen.Twin.Slots)];
            adaptive.Remember(slots, [call], new float[2 * seen.Twin.Outputs]);
        }
    }

    [Fact]
    public async Task A_refit_every_zero_steps_is_refused()
    {
        ITrainableTwin twin = (ITrainableTwin)(await FitAsync()).Twin;
        Assert.Throws<ArgumentException>(() => new AdaptiveTwin(twin, new AdaptiveSettings { EverySteps = 0 }, 1));
    }

    private static Task<TwinFit> FitAsync() =>
        TwinFitting.RunAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, Fit, 2, TimeProvider.System, null, default);

    /// <summary>Writes down the shots that a refit is given, and refits nothing.</summary>
    private sealed class Listener(ITwin twin) : ITwinRefit
    {
        public IReadOnlyList<string> Last { get; private set; } = [];

        public ITwin Twin => twin;

        public void Run(ShotSet shots, int refit) => Last = [.. shots.Calls.Select(Shown)];

        private string Shown(ShotCall call) => string.Join(' ', Enumerable.Range(0, call.Shots).Select(s => FormattableString.Invariant($"{call.Slots[s * twin.Slots]:0.#} @{call.Actuators[0]}")));
    }
}
