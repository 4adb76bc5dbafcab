using PnnEdge.Physics.Circuit;
using static PnnEdge.Physics.Tests.Circuit.CircuitGradient;

namespace PnnEdge.Physics.Tests.Circuit;

public class CircuitModelTests(ITestOutputHelper output)
{
    private static readonly CircuitParameters P = CircuitParameters.Nominal;

    [Fact]
    public void Forward_is_the_ideal_bench()
    {
        float[] drive = Stimuli.White(1, 37 * Samples, 6);
        float[] bench = new float[drive.Length];
        float[] model = new float[drive.Length];
        new CircuitBench(CircuitBenchOptions.Ideal with { Threads = 1 }).Run(9, 37, Samples, drive, [0.2f], bench);
        new CircuitModel(P, 2).Forward(37, Samples, drive, [0.2f], model);
        Assert.Equal(bench, model);
    }

    [Theory]
    [InlineData("low-passed ±3 V", 0f)]
    [InlineData("low-passed ±3 V", 0.4f)]
    [InlineData("0–3 V", 0f)]
    [InlineData("white ±3 V", 0f)]
    [InlineData("square ±12 V", 0f)]
    [InlineData("white ±20 V", 0f)]
    public void The_derivative_is_the_central_difference_of_the_same_steps_in_double(string stimulus, float bias)
    {
        double error = Error(P, Drive(stimulus), bias, volts => DiscreteScheme.Run(P, volts));
        output.WriteLine($"{stimulus}, bias {bias} V: relative error {error:e1}");

        // The difference's truncation is (1e-5 V / 41 mV)²/6 = 1e-8, its rounding 1e-14/1e-5. What is left is the single-precision
        // state: 1e-6 of its volts moves a conductance by 1e-6 V / 41 mV = 2e-5, more in steps that amplify before they are halved.
        Assert.InRange(error, 0, 5e-5);
    }

    [Theory]
    [InlineData("low-passed ±3 V")]
    [InlineData("0–3 V")]
    [InlineData("white ±3 V")]
    public void The_derivative_is_near_the_continuous_equation_s(string stimulus)
    {
        double error = Error(P, Drive(stimulus), 0, volts =>
        {
            double[] node = new double[volts.Length];
            CircuitReference.Run(P, volts, node);
            return node;
        });
        output.WriteLine($"{stimulus}: relative error {error:e1}");

        // RK4 at Ts/6 itself: 2e-5 V of 2 V in the values, and no more in what leads to them.
        Assert.InRange(error, 0, 5e-5);
    }

    [Theory]
    [InlineData(44.1e3)]
    [InlineData(48e3)]
    [InlineData(96e3)]
    public void A_slow_board_s_variant_has_the_same_volts_and_the_same_derivative(double sampleRateHz)
    {
        CircuitParameters slow = P.AtSampleRate(sampleRateHz);
        Assert.Equal(P.InductanceHenry / P.CapacitanceFarad, slow.InductanceHenry / slow.CapacitanceFarad, 1e-6); // every impedance stays
        float[] drive = Drive("low-passed ±3 V");
        float[] weights = Stimuli.White(7, drive.Length, 1);
        float[] expectedNode = new float[Samples];
        float[] node = new float[Samples];
        new CircuitModel(P, 1).Forward(1, Samples, drive, [0f], expectedNode);
        new CircuitModel(slow, 1).Forward(1, Samples, drive, [0f], node);
        (float[] expected, float[] expectedBias) = Vjp(new CircuitModel(P, 1), drive, [0f], weights);
        (float[] gradient, float[] bias) = Vjp(new CircuitModel(slow, 1), drive, [0f], weights);

        // L and C rounded to single precision, relative 6e-8, over 128 samples; in conduction a conductance moves by 1e-6 V / 41 mV.
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(expectedNode), Stimuli.ToDouble(node)), 1e-5);
        double size = Stimuli.Rms(Stimuli.ToDouble(expected));
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(expected), Stimuli.ToDouble(gradient)), 5e-5 * size);
        Assert.Equal(expectedBias[0], bias[0], 5e-5 * size * Samples);
    }

    [Fact]
    public void The_derivative_s_bits_do_not_depend_on_batch_or_threads()
    {
        const int shots = 75;
        float[] drive = Stimuli.White(4, shots * Samples, 9);
        float[] weights = Stimuli.White(5, shots * Samples, 1);
        (float[] whole, float[] dbias) = Vjp(new CircuitModel(P, 1), drive, [0.1f], weights);
        (float[] threaded, float[] dbiasThreaded) = Vjp(new CircuitModel(P, 5), drive, [0.1f], weights);
        Assert.Equal(whole, threaded);
        Assert.Equal(dbias, dbiasThreaded);
        int at = 41 * Samples;
        Assert.Equal(whole[at..(at + Samples)], Vjp(new CircuitModel(P, 2), drive[at..(at + Samples)], [0.1f], weights[at..(at + Samples)]).Drive);
    }

    [Fact]
    public void A_sample_s_drive_has_no_part_in_earlier_volts()
    {
        float[] weights = new float[Samples];
        weights[60] = 1;
        (float[] ddrive, _) = Vjp(new CircuitModel(P, 1), Stimuli.LowPassedBipolar(2, Samples), [0f], weights);
        Assert.All(ddrive[61..], value => Assert.Equal(0, value));
        Assert.NotEqual(0, ddrive[60]);
    }

    [Fact]
    public void Other_constants_are_another_circuit_and_their_ranges_stay()
    {
        float[] drive = Stimuli.LowPassedBipolar(1, Samples);
        var model = new CircuitModel(P, 1);
        Assert.Equal(["L", "C", "R", "Vth", "β", "n"], model.Constants.Select(constant => constant.Name));
        double[] values = [.. model.Constants.Select(constant => constant.Value * 1.1)];
        IPhysicsModel other = model.AtConstants(values);
        float[] expected = new float[Samples];
        float[] found = new float[Samples];
        CircuitParameters parameters = P with
        {
            InductanceHenry = 5.5e-3,
            CapacitanceFarad = 24.2e-9,
            SeriesResistanceOhm = 165,
            ThresholdVolts = 2.31,
            TransconductanceAmperePerSquareVolt = 0.11,
            SlopeFactor = 1.65,
        };
        new CircuitModel(parameters, 1).Forward(1, Samples, drive, [0f], expected);
        other.Forward(1, Samples, drive, [0f], found);
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(expected), Stimuli.ToDouble(found)), 1e-6); // 1.1 × in binary, then single precision
        Assert.Equal(values, other.Constants.Select(constant => constant.Value));
        Assert.Equal(model.Constants.Select(constant => (constant.Min, constant.Max)), other.Constants.Select(constant => (constant.Min, constant.Max)));
    }

    [Fact]
    public void Every_corner_of_the_default_circuit_s_ranges_is_computed()
    {
        var model = new CircuitModel(P, 1);
        float[] drive = Stimuli.Constant(64, 3);
        float[] node = new float[64];
        for (int corner = 0; corner < 1 << model.Constants.Count; corner++)
        {
            double[] values = [.. model.Constants.Select((constant, n) => (corner >> n & 1) == 0 ? constant.Min : constant.Max)];
            model.AtConstants(values).Forward(1, 64, drive, [0f], node);
            Assert.All(node, volts => Assert.True(float.IsFinite(volts)));
        }
    }

    [Fact]
    public void What_the_model_cannot_do_is_refused()
    {
        var model = new CircuitModel(P, 1);
        double[] values = [.. model.Constants.Select(constant => constant.Value)];
        Assert.Throws<ArgumentException>(() => model.AtConstants(values.AsSpan(1)));
        values[3] = 9;
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => model.AtConstants(values)).Message;
        Assert.StartsWith("Asked model circuit for Vth = 9 V; possible is 1.2 to 4.2 V.", message, StringComparison.Ordinal);
        values[3] = double.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(() => model.AtConstants(values));
        float[] gradient = new float[4];
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Vjp(1, 4, [0, 0, 0, 21], [0f], new float[4], gradient, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Vjp(1, 4, [0, 0, 0, float.NaN], [0f], new float[4], gradient, new float[1]));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 4, new float[4], [0f], new float[3], gradient, new float[1]));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 4, new float[4], [0f], new float[4], gradient, []));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 4, new float[4], [0f], new float[4], new float[5], new float[1]));
    }

    private static float[] Drive(string stimulus) => stimulus switch
    {
        "low-passed ±3 V" => Stimuli.LowPassedBipolar(3, Samples),
        "0–3 V" => Stimuli.ZeroToThreeVolts(3, Samples),
        "white ±3 V" => Stimuli.White(3, Samples, 3),
        "white ±20 V" => Stimuli.White(3, Samples, 20),
        _ => [.. Enumerable.Range(0, Samples).Select(n => n / 20 % 2 == 0 ? 12f : -12f)],
    };
}
