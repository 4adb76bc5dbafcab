using PnnEdge.Numerics.Chance;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics.Tests;

public class CircuitGreyBoxTests
{
    private static readonly SlotPlan Plan = new(dataSlots: 24, parameterSlots: 24, holdSamples: 8, windows: 24);

    [Fact]
    public void From_constants_20_percent_off_a_noisy_unit_of_the_circuit_is_found_to_below_one_percent()
    {
        ShotSet shots = Measured(calls: 8, shotsPerCall: 25), fresh = Measured(calls: 2, shotsPerCall: 25, firstShot: 1000);
        var settings = new TwinFitSettings { Kind = TwinKind.GreyBox, Shots = shots.Count, ShotsPerCall = 25, Epochs = 30, ConstantError = 0.2 };
        var nominal = new CircuitModel(CircuitParameters.Nominal, threads: 2);
        GreyBoxTwin wrong = GreyBoxFitting.Run(nominal, Plan, 0, GreyBoxReadout.Endless, shots, settings with { FitConstants = false }, 1, null, default);
        GreyBoxTwin found = GreyBoxFitting.Run(nominal, Plan, 0, GreyBoxReadout.Endless, shots, settings, 1, null, default);
        double before = TwinFitting.Nrmse(wrong, fresh), after = TwinFitting.Nrmse(found, fresh);

        // The unit's noise: 10 mV a sample, 8 or 16 samples a window, and 0.5 % of gain from shot to shot, on windows of about 1 V.
        Assert.InRange(after, 0.002, 0.012);
        Assert.True(before > 10 * after, $"Wrong {before:F4}, found {after:F4}.");
        TestContext.Current.SendDiagnosticMessage($"circuit grey box: NRMSE {before:F4} at wrong constants, {after:F4} fitted; {string.Join(", ", found.Constants.Select(c => $"{c.Name} {c.Value:G4} {c.Unit}"))}, gain {found.Readout.Gain:F4}");
    }

    private static ShotSet Measured(int calls, int shotsPerCall, ulong firstShot = 0)
    {
        var bench = new CircuitBench(new CircuitBenchOptions { Serial = 7, Seed = 3 });
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
