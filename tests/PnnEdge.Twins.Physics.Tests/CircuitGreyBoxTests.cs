using PnnEdge.Numerics.Chance;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Twins.Physics.Tests;

public class CircuitGreyBoxTests
{
    private static readonly SlotPlan Plan = new(dataSlots: 24, parameterSlots: 24, holdSamples: 8, windows: 24);
    private static readonly CircuitBenchOptions Ladder = new() { Parameters = CircuitParameters.SlowRate, Tolerances = CircuitTolerances.Film };

    [Theory]
    [InlineData("circuit")]
    [InlineData("ladder")]
    public void From_constants_20_percent_off_a_noisy_unit_is_found_to_what_its_noise_leaves(string system)
    {
        CircuitBenchOptions unit = system == "ladder" ? Ladder : new();
        ShotSet shots = Measured(calls: 8, shotsPerCall: 25, of: unit), fresh = Measured(calls: 2, shotsPerCall: 25, firstShot: 1000, of: unit);
        var settings = new TwinFitSettings { Kind = TwinKind.GreyBox, Shots = shots.Count, ShotsPerCall = 25, Epochs = 30, ConstantError = 0.2 };
        var nominal = new CircuitModel(unit.Parameters, threads: 2);
        GreyBoxTwin wrong = GreyBoxFitting.Run(nominal, Plan, 0, GreyBoxReadout.Endless, shots, settings with { FitConstants = false }, 1, null, default);
        GreyBoxTwin found = GreyBoxFitting.Run(nominal, Plan, 0, GreyBoxReadout.Endless, shots, settings, 1, null, default);
        double before = TwinFitting.Nrmse(wrong, fresh), after = TwinFitting.Nrmse(found, fresh);

        // The unit's noise: 10 mV a sample, 8 or 16 samples a window, and 0.5 % of gain from shot to shot, on windows of about 1 V.
        Assert.InRange(after, 0.002, 0.012);
        Assert.True(before > 10 * after, $"Wrong {before:F4}, found {after:F4}.");
        TestContext.Current.SendDiagnosticMessage($"{system} grey box: NRMSE {before:F4} at wrong constants, {after:F4} fitted; {string.Join(", ", found.Constants.Select(c => $"{c.Name} {c.Value:G4} {c.Unit}"))}, gain {found.Readout.Gain:F4}");
    }

    [Fact]
    public void A_threshold_that_moved_is_found_from_what_training_measures_and_every_constant_stays_in_its_range()
    {
        ShotSet before = Measured(calls: 8, shotsPerCall: 25);
        NamedFault[] moved = [NamedFault.Parse("drift.step=0.3")]; // V of threshold
        ShotSet shown = Measured(calls: 6, shotsPerCall: 25, firstShot: 1000, moved), fresh = Measured(calls: 2, shotsPerCall: 25, firstShot: 2000, moved);
        var fit = new TwinFitSettings { Kind = TwinKind.GreyBox, Shots = before.Count, ShotsPerCall = 25, Epochs = 10 };
        GreyBoxTwin old = GreyBoxFitting.Run(new CircuitModel(CircuitParameters.Nominal, threads: 2), Plan, 0, GreyBoxReadout.Endless, before, fit, 1, null, default);
        GreyBoxTwin readout = After(RefitScope.Last), all = After(RefitScope.All);
        double unrefitted = TwinFitting.Nrmse(old, fresh), ofReadout = TwinFitting.Nrmse(readout, fresh), ofAll = TwinFitting.Nrmse(all, fresh);

        Assert.InRange(ofAll, 0.002, 0.012); // the noise, as above
        Assert.True(unrefitted > 10 * ofAll, $"Old {unrefitted:F4}, readout refitted {ofReadout:F4}, all {ofAll:F4}.");
        Assert.InRange(ofReadout, ofAll, unrefitted);
        Assert.Equal(0.3, Value(all, "Vth") - Value(old, "Vth"), 0.05); // β and n stand in for a part of it
        Assert.All(all.Constants, constant => Assert.InRange(constant.Value, constant.Min, constant.Max));
        TestContext.Current.SendDiagnosticMessage($"threshold 0.3 V up: NRMSE {unrefitted:F4} old, {ofReadout:F4} readout refitted, {ofAll:F4} all; Vth {Value(old, "Vth"):F3} to {Value(all, "Vth"):F3} V");

        GreyBoxTwin After(RefitScope scope)
        {
            var settings = new AdaptiveSettings { Scope = scope, ShotsPerLayer = 16, EverySteps = 1, Ridge = 0.03 };
            var refit = new GreyBoxRefit(old, new VoltRange(-10, 10), settings);
            var twin = new AdaptiveTwin(refit, settings);
            foreach (ShotCall call in shown.Calls)
            {
                twin.Remember(call.Slots, call.Actuators, call.Windows);
                twin.EndStep();
            }

            return (GreyBoxTwin)refit.Twin;
        }

        static double Value(GreyBoxTwin of, string name) => of.Constants.Single(constant => constant.Name == name).Value;
    }

    private static ShotSet Measured(int calls, int shotsPerCall, ulong firstShot = 0, IReadOnlyList<NamedFault>? faults = null, CircuitBenchOptions? of = null)
    {
        var bench = new CircuitBench((of ?? new()) with { Serial = 7, Seed = 3, Faults = faults ?? [] });
        var random = new SeededRandom(firstShot + 1);
        var set = new ShotSet();
        for (int call = 0; call < calls; call++)
        {
            float[] unit = new float[shotsPerCall * Plan.Slots], actuators = [(2 * random.NextSingle()) - 1];
            RandomShots.Fill(random, shotsPerCall, Plan.Slots, unit);
            float[] slots = [.. unit.Select(u => (6 * u) - 3)], drive = [.. slots.SelectMany(volts => Enumerable.Repeat(volts, Plan.HoldSamples))], node = new float[drive.Length];
            bench.Run(firstShot + (ulong)(call * shotsPerCall), shotsPerCall, Plan.Shot.Samples, drive, actuators, node);
            float[] windows = new float[shotsPerCall * Plan.Windows];
            WindowDecoder.Forward(node, shotsPerCall, Plan, windows);
            set.Add(new ShotCall(shotsPerCall, slots, actuators, windows));
        }

        return set;
    }
}
