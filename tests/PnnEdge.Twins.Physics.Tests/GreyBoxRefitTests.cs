using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Twins.Physics.Tests;

public class GreyBoxRefitTests
{
    private static readonly SlotPlan Plan = new(dataSlots: 6, parameterSlots: 6, holdSamples: 2, windows: 6, delaySamples: 3);
    private static readonly VoltRange Wide = new(-10, 10);
    private static readonly VoltRange Narrow = new(-0.6f, 0.5f);
    private static readonly AdaptiveSettings Every = new() { WindowShots = 60, ShotsPerLayer = 20, EverySteps = 1, Ridge = 0.03 };

    [Theory, InlineData(RefitScope.Last, 0.9), InlineData(RefitScope.All, 0.05)]
    public void After_a_drift_of_a_constant_the_twin_follows_from_the_pairs_it_is_shown(RefitScope scope, double atMost)
    {
        GreyBoxTwin drifted = System(0.4, 0.1, 0.9f, 0.1f, Wide), old = System(0.3, 0.05, 1, 0, Wide);
        ShotSet fresh = Shots(drifted, calls: 5, firstCall: 100);
        var twin = new AdaptiveTwin(new GreyBoxRefit(old, Wide, Every with { Scope = scope }), Every);
        foreach (ShotCall call in Shots(drifted, calls: 6).Calls) { Show(twin, call); }

        double before = TwinFitting.Nrmse(old, fresh), after = TwinFitting.Nrmse(twin, fresh);
        Assert.True(after < atMost * before, $"NRMSE {before:F3} before and {after:F4} after.");
        Assert.Equal([0.3, 0.05], old.Constants.Select(constant => constant.Value)); // the twin that was given stays
    }

    [Fact]
    public void Gain_and_offset_alone_move_by_the_ridge_fit_and_the_constants_stay()
    {
        const double Ridge = 0.5;
        ShotSet shots = Shots(System(0.4, 0.1, 0.7f, 0.3f, Wide), calls: 3);
        GreyBoxTwin old = System(0.3, 0.05, 1, 0.1f, Wide);
        var refit = new GreyBoxRefit(old, Wide, Every with { Ridge = Ridge });
        refit.Run(shots, 1);
        GreyBoxTwin twin = (GreyBoxTwin)refit.Twin;

        // (JᵀJ + ridge·diag JᵀJ)·Δ = Jᵀ(measured − modelled) with J = [node, 1].
        double[] node = [.. shots.Calls.SelectMany(call => Modelled(System(0.3, 0.05, 1, 0, Wide), call)).Select(volts => (double)volts)], measured = [.. shots.AllWindows().Select(volts => (double)volts)];
        double[] missing = [.. measured.Zip(node, (y, v) => y - v - 0.1f)];
        double vv = node.Sum(v => v * v) * (1 + Ridge), ones = node.Length * (1 + Ridge), v1 = node.Sum(), mv = missing.Zip(node, (m, v) => m * v).Sum(), m1 = missing.Sum();
        double determinant = (vv * ones) - (v1 * v1);
        Assert.Equal(1 + (((mv * ones) - (m1 * v1)) / determinant), twin.Readout.Gain, 1e-5); // the fit's slopes are differences of single precision
        Assert.Equal(0.1 + (((m1 * vv) - (mv * v1)) / determinant), twin.Readout.OffsetVolts, 1e-5);
        Assert.Equal([0.3, 0.05], twin.Constants.Select(constant => constant.Value));
    }

    [Theory, InlineData(RefitScope.Last), InlineData(RefitScope.All)]
    public void A_refit_that_cannot_lower_the_error_keeps_the_very_twin(RefitScope scope)
    {
        GreyBoxTwin twin = System(0.36, 0.03, 1.1f, 0.05f, Wide);
        var refit = new GreyBoxRefit(twin, Wide, Every with { Scope = scope });
        refit.Run(Shots(twin, calls: 3, noiseVolts: 0), 1);
        Assert.Same(twin, refit.Twin);
        refit.Run(Shots(System(0.4, 0.03, 1.1f, 0.05f, Wide), calls: 3, noiseVolts: 0), 2);
        Assert.NotSame(twin, refit.Twin);
    }

    [Fact]
    public void The_error_on_the_shots_of_a_refit_never_rises_and_no_constant_leaves_its_range()
    {
        // The shots' own b is 0.3, and the range ends at 0.2.
        GreyBoxTwin system = System(0.3, 0.05, 1, 0, Wide);
        ShotSet shots = Shots(new GreyBoxTwin(new RelaxationModel(0.4, 0.3), Plan, 0), calls: 3);
        var refit = new GreyBoxRefit(system, Wide, Every with { Scope = RefitScope.All });
        for (int r = 1; r <= 10; r++)
        {
            double before = TwinFitting.Nrmse(refit.Twin, shots);
            refit.Run(shots, r);
            Assert.InRange(TwinFitting.Nrmse(refit.Twin, shots), 0, before);
            Assert.All(((GreyBoxTwin)refit.Twin).Constants, constant => Assert.InRange(constant.Value, constant.Min, constant.Max));
        }

        Assert.Equal(0.2, ((GreyBoxTwin)refit.Twin).Constants[1].Value);
    }

    [Fact]
    public void A_converter_that_begins_to_cut_is_seen_by_the_refitted_twin()
    {
        // Fitted where nothing cut, so its file says that nothing does.
        GreyBoxTwin old = System(0.3, 0.05, 1, 0, GreyBoxReadout.Endless), louder = System(0.3, 0.05, 1.6f, 0, Narrow);
        var refit = new GreyBoxRefit(old, Narrow, Every);
        ShotSet shots = Shots(louder, calls: 3, noiseVolts: 0);
        for (int r = 1; r <= 8; r++) { refit.Run(shots, r); }
        GreyBoxReadout readout = ((GreyBoxTwin)refit.Twin).Readout;
        Assert.Equal(Narrow, readout.Range);
        Assert.Equal(1.6, readout.Gain, 1e-3); // each refit leaves about a ridge's share of what was missing
    }

    private static GreyBoxTwin System(double a, double b, float gain, float offsetVolts, VoltRange range) =>
        new(new RelaxationModel(a, b), Plan, 0, new GreyBoxReadout(gain, offsetVolts, range));

    private static void Show(AdaptiveTwin twin, ShotCall call)
    {
        twin.Remember(call.Slots, call.Actuators, call.Windows);
        twin.EndStep();
    }

    private static float[] Modelled(GreyBoxTwin twin, ShotCall call)
    {
        float[] windows = new float[call.Windows.Length];
        twin.Forward(call.Slots, call.Actuators, call.Shots, windows);
        return windows;
    }

    /// <summary>Calls of 20 shots each, with actuators of their own.</summary>
    private static ShotSet Shots(GreyBoxTwin system, int calls, float noiseVolts = 0.005f, int firstCall = 0)
    {
        var set = new ShotSet();
        for (int n = firstCall; n < firstCall + calls; n++)
        {
            var random = new SeededRandom((ulong)n);
            float[] slots = Volts(20 * system.Slots), noise = Volts(20 * system.Outputs);
            var call = new ShotCall(20, slots, [0.1f * (n % 10)], new float[noise.Length]);
            set.Add(call with { Windows = [.. Modelled(system, call).Zip(noise, (volts, of) => volts + (noiseVolts * of))] });

            float[] Volts(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
        }

        return set;
    }
}
