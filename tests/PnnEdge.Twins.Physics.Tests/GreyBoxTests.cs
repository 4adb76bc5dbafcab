using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics.Tests;

public class GreyBoxTests
{
    private static readonly SlotPlan Plan = new(dataSlots: 6, parameterSlots: 6, holdSamples: 2, windows: 6, delaySamples: 3);
    private static readonly VoltRange Narrow = new(-0.6f, 0.5f);
    private static readonly TwinFitSettings Fitted = new() { Kind = TwinKind.GreyBox, Shots = 200, ShotsPerCall = 20, Epochs = 30, ConstantError = 0.3 };

    [Theory, InlineData(false), InlineData(true)]
    public void The_reverse_is_the_central_difference_of_the_forward(bool readAfterwards)
    {
        SlotPlan plan = readAfterwards ? new SlotPlan(6, 6, 2, 6, readSamples: 18) : Plan;
        var twin = new GreyBoxTwin(new RelaxationModel(), plan, restVolts: 0.2f, new GreyBoxReadout(1.3f, -0.1f, GreyBoxReadout.Endless));
        const int Shots = 3;
        float[] slots = Volts(Shots * twin.Slots, 1), actuators = [0.3f], v = Volts(Shots * twin.Outputs, 2), y = new float[v.Length];
        float[] dslots = new float[slots.Length], dactuators = new float[1];
        twin.Vjp(slots, actuators, Shots, v, dslots, dactuators);
        for (int i = 0; i < slots.Length; i++) { Assert.Equal(Difference(slots, i), dslots[i], 1e-3); }
        Assert.Equal(Difference(actuators, 0), dactuators[0], 3e-3); // three shots' rounding and truncation together

        double Difference(float[] moved, int i)
        {
            const float Step = 1f / 64; // rounding 1e-6·32 of sums of order 5; truncation h² = 2e-4 of the third derivative
            float middle = moved[i];
            moved[i] = middle + Step;
            double up = Along();
            moved[i] = middle - Step;
            double down = Along();
            moved[i] = middle;
            return (up - down) / (2 * Step);
        }

        double Along()
        {
            twin.Forward(slots, actuators, Shots, y);
            return v.Zip(y, (p, q) => (double)p * q).Sum();
        }
    }

    [Theory, InlineData(1UL), InlineData(2UL), InlineData(3UL)]
    public void Constants_that_start_wrong_are_found_from_noisy_shots_with_gain_and_offset(ulong seed)
    {
        ShotSet shots = Measured(new GreyBoxTwin(new RelaxationModel(0.36, 0.03), Plan, 0, new GreyBoxReadout(1.1f, 0.05f, GreyBoxReadout.Endless)), noiseVolts: 0.01f);
        GreyBoxTwin twin = GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, GreyBoxReadout.Endless, shots, Fitted, seed, null, default);
        Assert.Equal(0.36, twin.Constants[0].Value, 0.002); // 1200 windows with 10 mV of noise leave about 3e-4 of a, and b and gain share their share
        Assert.Equal(0.03, twin.Constants[1].Value, 0.002);
        Assert.Equal(1.1, twin.Readout.Gain, 0.01);
        Assert.Equal(0.05, twin.Readout.OffsetVolts, 0.002);
    }

    [Fact]
    public void Unfitted_the_constants_stay_as_wrong_as_asked_and_the_error_shows_it()
    {
        ShotSet shots = Measured(new GreyBoxTwin(new RelaxationModel(), Plan, 0), noiseVolts: 0.001f);
        GreyBoxTwin wrong = GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, GreyBoxReadout.Endless, shots, Fitted with { FitConstants = false }, 1, null, default);
        GreyBoxTwin found = GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, GreyBoxReadout.Endless, shots, Fitted, 1, null, default);
        Assert.Equal(0.3, Math.Abs((wrong.Constants[0].Value / 0.3) - 1), 1e-9);
        Assert.True(TwinFitting.Nrmse(wrong, shots) > 10 * TwinFitting.Nrmse(found, shots));
    }

    [Fact]
    public void A_converter_that_cuts_hides_no_constant_and_passes_no_gradient()
    {
        var system = new GreyBoxTwin(new RelaxationModel(0.36, 0.03), Plan, 0, new GreyBoxReadout(1, 0, Narrow));
        ShotSet shots = Measured(system, noiseVolts: 0);
        float[] windows = shots.AllWindows();
        Assert.InRange((double)windows.Count(volts => volts is -0.6f or 0.5f) / windows.Length, 0.05, 0.5);
        GreyBoxTwin twin = GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, Narrow, shots, Fitted, 1, null, default);
        Assert.Equal(0.36, twin.Constants[0].Value, 1e-3); // no noise: what is left is the fit breaking off
        Assert.InRange(TwinFitting.Nrmse(twin, shots), 0, 1e-3);

        float[] dy = new float[twin.Outputs], dslots = new float[twin.Slots], dactuators = new float[1];
        dy[3] = 1;
        twin.Vjp([.. Enumerable.Repeat(5f, twin.Slots)], [0], 1, dy, dslots, dactuators); // far above the range throughout
        Assert.All(dslots, d => Assert.Equal(0, d));
        twin.Vjp([.. Enumerable.Repeat(0.2f, twin.Slots)], [0], 1, dy, dslots, dactuators);
        Assert.Contains(dslots, d => d > 0.01f);
    }

    [Fact]
    public void A_constant_never_leaves_its_range()
    {
        // The shots' own b is 0.3, and the range ends at 0.2.
        ShotSet shots = Measured(new GreyBoxTwin(new RelaxationModel(0.3, 0.3), Plan, 0), noiseVolts: 0.001f);
        GreyBoxTwin twin = GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, GreyBoxReadout.Endless, shots, Fitted, 1, null, default);
        Assert.Equal(0.2, twin.Constants[1].Value);
    }

    [Fact]
    public void The_same_seed_gives_the_same_twin()
    {
        ShotSet shots = Measured(new GreyBoxTwin(new RelaxationModel(0.36, 0.03), Plan, 0), noiseVolts: 0.01f);
        double[] a = Run(1), b = Run(1);
        Assert.Equal(a, b);

        double[] Run(ulong seed) => [.. GreyBoxFitting.Run(new RelaxationModel(), Plan, 0, GreyBoxReadout.Endless, shots, Fitted, seed, null, default).Constants.Select(constant => constant.Value)];
    }

    [Fact]
    public void It_comes_back_from_disk_with_its_system_and_not_with_another()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pnnedge-");
        string path = Path.Combine(folder.FullName, "twin.npz");
        var twin = new GreyBoxTwin(new RelaxationModel(0.4, 0.01), Plan, 0.2f, new GreyBoxReadout(1.3f, -0.1f, Narrow));
        GreyBoxFile.Save(path, twin);
        Assert.True(GreyBoxFile.Holds(path));
        GreyBoxTwin back = GreyBoxFile.Load(path, new RelaxationModel());
        float[] slots = Volts(twin.Slots, 1), y = new float[twin.Outputs], again = new float[twin.Outputs];
        twin.Forward(slots, [0.1f], 1, y);
        back.Forward(slots, [0.1f], 1, again);
        Assert.Equal(y, again);
        Assert.Throws<InvalidDataException>(() => GreyBoxFile.Load(path, new PnnEdge.Physics.Circuit.CircuitModel(PnnEdge.Physics.Circuit.CircuitParameters.Nominal, threads: 1)));
        folder.Delete(recursive: true);
    }

    /// <summary>Ten calls of 20 shots each, with actuators of their own.</summary>
    private static ShotSet Measured(GreyBoxTwin system, float noiseVolts)
    {
        var set = new ShotSet();
        for (int call = 0; call < 10; call++)
        {
            const int Shots = 20;
            float[] slots = Volts(Shots * system.Slots, (ulong)call), windows = new float[Shots * system.Outputs], noise = Volts(windows.Length, 100 + (ulong)call);
            float[] actuators = [0.1f * (call - 5)];
            system.Forward(slots, actuators, Shots, windows);
            for (int i = 0; i < windows.Length; i++) { windows[i] += noiseVolts * noise[i]; }
            set.Add(new ShotCall(Shots, slots, actuators, windows));
        }

        return set;
    }

    private static float[] Volts(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }
}
