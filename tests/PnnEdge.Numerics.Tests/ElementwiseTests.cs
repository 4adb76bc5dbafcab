using PnnEdge.Numerics.Elementwise;
using PnnEdge.Numerics.Linear;
using PnnEdge.Numerics.Reference;

namespace PnnEdge.Numerics.Tests;

public class ElementwiseTests
{
    private static readonly float[] Inputs = [.. Enumerable.Range(-403, 807).Select(i => i * 0.0497f)];
    private static readonly float[] Ones = [.. Inputs.Select(_ => 1f)];

    [Fact]
    public void The_exponential_is_within_two_float_steps_of_the_mathematical_one()
    {
        for (double x = -86.9; x < 86.9; x += 0.00713)
        {
            double exact = Math.Exp((float)x);
            // Two steps of 2⁻²³: the reduction leaves half a step, eight fused multiply-adds the rest.
            Assert.InRange(Exponential.Of((float)x) / exact, 1 - 2.4e-7, 1 + 2.4e-7);
        }
    }

    [Fact]
    public void The_exponential_saturates_and_keeps_NaN()
    {
        Assert.Equal(Exponential.Of(87f), Exponential.Of(1000f));
        Assert.Equal(Exponential.Of(-87f), Exponential.Of(float.NegativeInfinity));
        Assert.True(float.IsNaN(Exponential.Of(float.NaN)));
    }

    [Fact]
    public void Swish_and_its_slope_agree_with_double() =>
        Compare(Swish.Forward, (x, y, dy, dx) => Swish.Vjp(x, dy, dx), ReferenceActivations.Swish, ReferenceActivations.SwishSlope);

    [Fact]
    public void Tanh_and_its_slope_agree_with_double() =>
        Compare(Tanh.Forward, (x, y, dy, dx) => Tanh.Vjp(y, dy, dx), Math.Tanh, ReferenceActivations.TanhSlope);

    [Fact]
    public void The_double_slopes_are_the_central_differences_of_the_double_values()
    {
        foreach (double x in new[] { -7.3, -1.1, -0.2, 0.4, 2.5 })
        {
            // h = 1e-5: truncation h²·f‴/6 and rounding 1e-16/h are both below 1e-10.
            Assert.Equal((ReferenceActivations.Swish(x + 1e-5) - ReferenceActivations.Swish(x - 1e-5)) / 2e-5, ReferenceActivations.SwishSlope(x), 1e-9);
            Assert.Equal((Math.Tanh(x + 1e-5) - Math.Tanh(x - 1e-5)) / 2e-5, ReferenceActivations.TanhSlope(x), 1e-9);
        }
    }

    [Fact]
    public void A_value_in_the_tail_has_the_same_bits_as_in_the_body()
    {
        float[] alone = new float[1], all = new float[Inputs.Length];
        Swish.Forward(Inputs, all);
        for (int i = 0; i < Inputs.Length; i += 13)
        {
            Swish.Forward(Inputs.AsSpan(i, 1), alone);
            Assert.Equal(all[i], alone[0]);
        }
    }

    [Fact]
    public void No_activation_hides_a_NaN()
    {
        float[] y = new float[1];
        Swish.Forward([float.NaN], y);
        Assert.True(float.IsNaN(y[0]));
        Tanh.Forward([float.NaN], y);
        Assert.True(float.IsNaN(y[0]));
    }

    private delegate void Run(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Reverse(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx);

    private static void Compare(Run forward, Reverse vjp, Func<double, double> value, Func<double, double> slope)
    {
        float[] y = new float[Inputs.Length], dx = new float[Inputs.Length];
        forward(Inputs, y);
        vjp(Inputs, y, Ones, dx);
        for (int i = 0; i < Inputs.Length; i++)
        {
            // A few roundings of the value and of terms no larger than |x| ≤ 20: 4·2⁻²⁴·(1 + |x|).
            double tolerance = 2.4e-7 * (1 + Math.Abs(Inputs[i]));
            Assert.Equal(value(Inputs[i]), y[i], tolerance);
            Assert.Equal(slope(Inputs[i]), dx[i], tolerance);
        }
    }

    [Theory, InlineData(1, 1), InlineData(3, 19), InlineData(32, 128), InlineData(700, 131)] // the last is spread over threads, in pieces that begin inside rows
    public void Bias_and_swish_in_one_sweep_have_the_bits_of_one_after_the_other(int rows, int columns)
    {
        float[] bias = MatrixProductTests.Noise(columns, 1), z = MatrixProductTests.Noise(rows * columns, 2), sum = [.. z], y = new float[z.Length], expected = new float[z.Length];
        Rows.AddToEach(bias, rows, sum);
        Swish.Forward(sum, expected);
        BiasedSwish.Forward(bias, rows, z, y);
        Assert.Equal(sum, z);
        Assert.Equal(expected, y);
    }
}
