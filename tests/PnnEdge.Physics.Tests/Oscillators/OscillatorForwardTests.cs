using PnnEdge.Physics.Oscillators;
using static PnnEdge.Physics.Tests.Oscillators.OscillatorCases;

namespace PnnEdge.Physics.Tests.Oscillators;

public class OscillatorForwardTests
{
    [Theory]
    [InlineData(206, 1.5, 1)]
    [InlineData(196, 20, 1)]
    [InlineData(100, 1.5, 4)]
    [InlineData(17, 3, 1)]
    [InlineData(2, 3, 1)]
    public void Single_precision_follows_the_double_reference(int oscillators, double peak, double couplingTimes)
    {
        const int shots = 5;
        var parameters = new OscillatorParameters { Count = oscillators, Nonlinearity = 0.1, CouplingScale = 0.9, TimeScale = 1.05 };
        float[] actuators = Actuators(oscillators, 3, couplingTimes);
        float[] drive = Drive(oscillators, shots, 4, peak);
        float[] node = Forward(parameters, shots, drive, actuators);
        for (int shot = 0; shot < shots; shot++)
        {
            double[] reference = Reference(parameters, ToDouble(actuators), Loaded(drive, oscillators, shot));

            // An amplitude rounds to 6e-8 of itself at each of five steps, and so does its sine's argument; sums of 200 products round to
            // about 1e-6 of an acceleration of order 1, which t²/2 makes 1e-7.
            Assert.InRange(LargestDifference(reference, Read(node, oscillators, shot)), 0, 4e-7 + 3e-7 * peak);
            Assert.All(node.AsSpan(shot * 2 * oscillators, oscillators).ToArray(), volts => Assert.Equal(0, volts));
        }
    }

    [Fact]
    public void Small_oscillations_turn_at_their_modes_frequencies()
    {
        // All couplings equal to J: the mean has ω² = 1, every difference from it ω² = 1 + N·J.
        const int n = 206;
        const double coupling = 0.02;
        var parameters = new OscillatorParameters { Count = n, Steps = 50 };
        float[] actuators = new float[OscillatorActuators.Count(n)];
        actuators.AsSpan(0, OscillatorActuators.CouplingCount(n)).Fill((float)coupling);
        float[] drive = Drive(n, 1, 7, 1e-3);
        double[] initial = Loaded(drive, n, 0);
        double mean = initial.Average();
        double[] expected = [.. initial.Select(q => mean * Math.Cos(0.5) + (q - mean) * Math.Cos(0.5 * Math.Sqrt(1 + n * coupling)))];

        // sin q − q = q³/6 < 2e-10 here, times 1 + N·J; rounding of 1e-3 is 1e-10, times 200 evaluations at most.
        Assert.InRange(LargestDifference(expected, Read(Forward(parameters, 1, drive, actuators), n, 0)), 0, 3e-9);
        Assert.InRange(LargestDifference(expected, Reference(parameters, ToDouble(actuators), initial)), 0, 1e-9);
    }

    [Fact]
    public void Energy_is_kept_to_the_fourth_power_of_the_step()
    {
        double coarse = EnergyChange(400), fine = EnergyChange(4000);
        Assert.InRange(coarse, 1e-10, 1e-7); // steps of 0.025: their fourth power is 4e-7
        Assert.InRange(fine, 0, coarse / 3000); // ten times the steps: 10⁴, less what rounding leaves
    }

    [Fact]
    public void An_uncoupled_pendulum_has_the_period_of_the_elliptic_integral()
    {
        // Released at 2 rad: T = 4·K(sin 1) = 2π / agm(1, cos 1).
        double a = 1, b = Math.Cos(1);
        for (int n = 0; n < 10; n++) { (a, b) = ((a + b) / 2, Math.Sqrt(a * b)); }

        double period = 2 * Math.PI / a;
        var parameters = new OscillatorParameters { Count = 2, DurationRadians = period, Steps = 4000 };
        double[] final = Reference(parameters, [0.0, 0, 0], [2, -2]);
        Assert.Equal([2.0, -2], final, (x, y) => Math.Abs(x - y) < 1e-9); // (period/4000)⁴
    }

    [Fact]
    public void Couplings_stand_in_row_order_and_pull_both_ways()
    {
        Assert.Equal(206 * 205 / 2 + 206, OscillatorActuators.Count(206));

        // In the order 01, 02, 03, 12, 13, 23, then the drives. Only oscillators 1 and 3 coupled, only oscillator 2 driven; only oscillator 1 away from rest.
        float[] actuators = new float[OscillatorActuators.Count(4)];
        actuators[4] = 0.5f;
        actuators[OscillatorActuators.CouplingCount(4) + 2] = -0.3f;
        float[] node = Forward(new OscillatorParameters { Count = 4 }, 1, [0, 1, 0, 0, 0, 0, 0, 0], actuators);
        double pull = Math.Sin(1) / 8; // sin(1)·t²/2
        Assert.Equal(0, node[4]);

        // To the next order in t²: below a tenth.
        Assert.Equal(1 - 1.5 * pull, node[5], 0.1 * pull);
        Assert.Equal(-0.3 / 8, node[6], 0.1 * 0.3 / 8);
        Assert.Equal(0.5 * pull, node[7], 0.1 * pull);
    }

    internal static float[] Forward(OscillatorParameters parameters, int shots, float[] drive, float[] actuators, int threads = 1)
    {
        float[] node = new float[drive.Length];
        new OscillatorModel(parameters, threads).Forward(shots, 2 * parameters.Count, drive, actuators, node);
        return node;
    }

    // With M = I − Q (symmetric), a = −M·sin(g·q) + e keeps H = ½·vᵀM⁻¹v + Σ(1 − cos g·q)/g − (M⁻¹e)ᵀq.
    private static double EnergyChange(int steps)
    {
        const int n = 12;
        const double steepness = 1.1;
        var parameters = new OscillatorParameters { Count = n, DurationRadians = 10, Steps = steps, Nonlinearity = steepness - 1 };
        double[] actuators = ToDouble(Actuators(n, 11));
        double[] coupling = Coupling(n, actuators);
        double[] force = actuators[OscillatorActuators.CouplingCount(n)..];
        double[] q = Loaded(Drive(n, 1, 12), n, 0), v = new double[n];
        double before = Energy();
        OscillatorReference.Run(parameters, coupling, force, q, v);
        return Math.Abs(Energy() - before);

        double Energy()
        {
            double[] minusPull = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                minusPull[i * n + i] = 1;
                for (int j = 0; j < n; j++)
                {
                    minusPull[i * n + i] += coupling[i * n + j];
                    minusPull[i * n + j] -= coupling[i * n + j];
                }
            }

            double[] slow = Solve(minusPull, v), rest = Solve(minusPull, force);
            return Enumerable.Range(0, n).Sum(i => v[i] * slow[i] / 2 + (1 - Math.Cos(steepness * q[i])) / steepness - rest[i] * q[i]);
        }
    }

    // Gaussian elimination with row exchange.
    private static double[] Solve(double[] matrix, double[] right)
    {
        int n = right.Length;
        double[] m = [.. matrix], x = [.. right];
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(m[i * n + k]));
            for (int j = 0; j < n; j++) { (m[k * n + j], m[pivot * n + j]) = (m[pivot * n + j], m[k * n + j]); }

            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 0 : m[i * n + k] / m[k * n + k];
                for (int j = 0; j < n; j++) { m[i * n + j] -= factor * m[k * n + j]; }

                x[i] -= factor * x[k];
            }
        }

        return [.. x.Select((value, i) => value / m[i * n + i])];
    }
}
