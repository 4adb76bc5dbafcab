using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.Tests.Circuit;
using static PnnEdge.Physics.Tests.Oscillators.OscillatorCases;

namespace PnnEdge.Physics.Tests.Oscillators;

public class OscillatorModelTests
{
    [Theory]
    [InlineData(206, 5, 3)]
    [InlineData(17, 5, 11)]
    [InlineData(3, 1, 2)]
    [InlineData(6, 2, 9)]
    public void The_gradient_is_the_central_difference_of_the_double_reference(int oscillators, int steps, int shots)
    {
        var parameters = new OscillatorParameters { Count = oscillators, Steps = steps, Nonlinearity = 0.1, CouplingScale = 0.8, TimeScale = 0.95 };
        float[] actuators = Actuators(oscillators, 31, 2), drive = Drive(oscillators, shots, 32);
        float[] dnode = Stimuli.White(33, drive.Length, 1); // on what is loaded too, where it must not count
        float[] ddrive = Dirty(drive.Length), dactuators = Dirty(actuators.Length);
        new OscillatorModel(parameters, 2).Vjp(shots, 2 * oscillators, drive, actuators, dnode, ddrive, dactuators);

        int couplings = OscillatorActuators.CouplingCount(oscillators);
        var random = new Random(34);
        for (int direction = 0; direction < 6; direction++)
        {
            // Along amplitudes alone, couplings alone, drives alone, then all together.
            bool amplitudes = direction is 0 or > 2, pairs = direction is 1 or > 2, forces = direction is 2 or > 2;
            double[] alongDrive = [.. drive.Select((_, n) => amplitudes && n % (2 * oscillators) < oscillators ? random.NextDouble() - 0.5 : 0)];
            double[] alongActuators = [.. actuators.Select((_, n) => (n < couplings ? pairs : forces) ? random.NextDouble() - 0.5 : 0)];
            double expected = (Loss(1e-4) - Loss(-1e-4)) / 2e-4;
            double found = Dot(ToDouble(ddrive), alongDrive) + Dot(ToDouble(dactuators), alongActuators);

            // Relative to the gradient's length: single-precision rounding, about 1e-7 an element and at random along a direction
            // (4e-8 were seen); the difference quotient errs by 1e-8.
            double length = Math.Sqrt(Dot(ToDouble(ddrive), ToDouble(ddrive)) + Dot(ToDouble(dactuators), ToDouble(dactuators)));
            Assert.InRange(Math.Abs(found - expected), 0, 3e-7 * length);

            double Loss(double by)
            {
                double[] moved = [.. actuators.Select((volts, n) => volts + by * alongActuators[n])];
                return Enumerable.Range(0, shots).Sum(shot =>
                {
                    double[] initial = [.. Loaded(drive, oscillators, shot).Select((volts, n) => volts + by * alongDrive[shot * 2 * oscillators + n])];
                    return Dot(Reference(parameters, moved, initial), Read(dnode, oscillators, shot));
                });
            }
        }

        Assert.All(Enumerable.Range(0, shots), shot => Assert.All(Read(ddrive, oscillators, shot), volts => Assert.Equal(0, volts)));
    }

    [Fact]
    public void Each_element_of_the_gradient_of_a_small_system_is_its_central_difference()
    {
        const int n = 4;
        var parameters = new OscillatorParameters { Count = n };
        float[] actuators = Actuators(n, 41), drive = Drive(n, 1, 42), dnode = [0, 0, 0, 0, 1, -0.5f, 0.25f, 2];
        float[] ddrive = new float[2 * n], dactuators = new float[actuators.Length];
        new OscillatorModel(parameters, 1).Vjp(1, 2 * n, drive, actuators, dnode, ddrive, dactuators);
        for (int k = 0; k < actuators.Length; k++)
        {
            Assert.Equal((Loss(k, -1, 1e-5) - Loss(k, -1, -1e-5)) / 2e-5, dactuators[k], 2e-6); // single-precision rounding of sums of order 1
        }

        for (int k = 0; k < n; k++)
        {
            Assert.Equal((Loss(-1, k, 1e-5) - Loss(-1, k, -1e-5)) / 2e-5, ddrive[k], 2e-6);
        }

        double Loss(int actuator, int oscillator, double by) => Dot(
            Reference(
                parameters,
                actuators.Select((volts, k) => volts + (k == actuator ? by : 0)),
                [.. Loaded(drive, n, 0).Select((volts, k) => volts + (k == oscillator ? by : 0))]),
            Read(dnode, n, 0));
    }

    [Fact]
    public void Forward_and_gradient_have_the_same_bits_however_many_threads_compute_them()
    {
        const int n = 50, shots = 45;
        var parameters = new OscillatorParameters { Count = n };
        float[] actuators = Actuators(n, 51), drive = Drive(n, shots, 52), dnode = Stimuli.White(53, drive.Length, 1);
        (float[] node, float[] ddrive, float[] dactuators) = All(1);
        foreach (int threads in new[] { 2, 3, 16 })
        {
            Assert.Equal((node, ddrive, dactuators), All(threads), (a, b) => a.node.SequenceEqual(b.node)
                && a.ddrive.SequenceEqual(b.ddrive) && a.dactuators.SequenceEqual(b.dactuators));
        }

        // One shot alone has the bits that it has among others, forward and backward.
        int at = 30 * 2 * n;
        var model = new OscillatorModel(parameters, 1);
        float[] alone = new float[2 * n], dalone = new float[2 * n];
        model.Forward(1, 2 * n, drive.AsSpan(at, 2 * n), actuators, alone);
        model.Vjp(1, 2 * n, drive.AsSpan(at, 2 * n), actuators, dnode.AsSpan(at, 2 * n), dalone, new float[actuators.Length]);
        Assert.Equal(node.AsSpan(at, 2 * n).ToArray(), alone);
        Assert.Equal(ddrive.AsSpan(at, 2 * n).ToArray(), dalone);

        (float[] node, float[] ddrive, float[] dactuators) All(int threads)
        {
            var model = new OscillatorModel(parameters, threads);
            float[] node = new float[drive.Length], ddrive = new float[drive.Length], dactuators = new float[actuators.Length];
            model.Vjp(shots, 2 * n, drive, actuators, dnode, ddrive, dactuators);
            model.Forward(shots, 2 * n, drive, actuators, node);
            return (node, ddrive, dactuators);
        }
    }

    [Fact]
    public void The_model_at_the_bench_s_constants_is_the_ideal_bench_bit_for_bit()
    {
        const int n = 50, shots = 40;
        float[] actuators = Actuators(n, 61), drive = Drive(n, shots, 62), bench = new float[drive.Length], model = new float[drive.Length];
        var real = new OscillatorParameters { Count = n, Nonlinearity = 0.2, CouplingScale = 1.1, TimeScale = 0.9 };
        new OscillatorBench(OscillatorBenchOptions.Ideal with { Parameters = real }).Run(0, shots, 2 * n, drive, actuators, bench);
        var nominal = new OscillatorModel(new OscillatorParameters { Count = n }, 1);
        Assert.Equal(["Nonlinearity", "CouplingScale", "TimeScale"], nominal.Constants.Select(constant => constant.Name));
        Assert.Equal([0.0, 1, 1], nominal.Constants.Select(constant => constant.Value));
        IPhysicsModel fitted = nominal.AtConstants([0.2, 1.1, 0.9]);
        fitted.Forward(shots, 2 * n, drive, actuators, model);
        Assert.Equal(bench, model);
        Assert.Equal([0.2, 1.1, 0.9], fitted.Constants.Select(constant => constant.Value));
        Assert.Equal(nominal.Constants.Select(constant => (constant.Min, constant.Max)), fitted.Constants.Select(constant => (constant.Min, constant.Max)));
        Assert.Throws<ArgumentOutOfRangeException>(() => nominal.AtConstants([0.2, double.NaN, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => nominal.AtConstants([0.2, 1, 5]));
        Assert.Throws<ArgumentException>(() => nominal.AtConstants([0.2, 1]));
    }

    [Fact]
    public void A_gradient_of_a_wrong_shape_is_refused()
    {
        var model = new OscillatorModel(new OscillatorParameters { Count = 2 }, 1);
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 4, new float[4], new float[3], new float[3], new float[4], new float[3]));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 4, new float[4], new float[3], new float[4], new float[4], new float[2]));
        Assert.Throws<ArgumentException>(() => model.Forward(1, 2, new float[2], new float[3], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OscillatorModel(new OscillatorParameters { Count = 1 }, 1));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static float[] Dirty(int count) => [.. Enumerable.Repeat(7f, count)];
}
