using PnnEdge.Numerics.Losses;
using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Numerics.Tests;

public class LossAndOptimizerTests
{
    [Fact]
    public void Equal_logits_cost_the_logarithm_of_the_class_count() =>
        Assert.Equal(Math.Log(7), SoftmaxCrossEntropy.Forward(new float[14], [0, 6]), 1e-7); // e⁰ is exact; the sum of seven ones too

    [Fact]
    public void The_softmax_gradient_is_the_central_difference_of_the_loss()
    {
        float[] logits = [0.3f, -1.2f, 2.1f, 0.4f, 0.9f, -0.7f], gradient = new float[6];
        int[] labels = [2, 0];
        SoftmaxCrossEntropy.Gradient(logits, labels, gradient);
        for (int i = 0; i < logits.Length; i++)
        {
            const float step = 1f / 64;
            float[] up = [.. logits], down = [.. logits];
            up[i] += step;
            down[i] -= step;
            double difference = (SoftmaxCrossEntropy.Forward(up, labels) - SoftmaxCrossEntropy.Forward(down, labels)) / (2 * step);
            Assert.Equal(difference, gradient[i], 3e-5); // truncation step²/6·f‴ ≤ 2e-5, float exponentials 1e-7/step = 6e-6
        }
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_hide_NaN()
    {
        Assert.Equal(0, SoftmaxCrossEntropy.Forward([3000, -3000], [0]), 1e-7);
        Assert.True(double.IsNaN(SoftmaxCrossEntropy.Forward([0, float.NaN, 1], [0])));
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused() =>
        Assert.Contains("Label 2", Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward([0, 1], [2])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_first_Adam_step_has_the_length_of_the_learning_rate_whatever_the_gradient()
    {
        // 19 parameters: a vector body and a scalar tail on every vector width.
        float[] parameters = new float[19];
        float[] gradient = [.. Enumerable.Range(0, 19).Select(i => (i % 2 == 0 ? 1 : -1) * MathF.Pow(10, (i % 5) - 2))];
        new Adam(19).Step(parameters, gradient, 0.1);
        for (int i = 0; i < 19; i++) { Assert.Equal(i % 2 == 0 ? -0.1 : 0.1, parameters[i], 1e-6); } // ε/|g| ≤ 1e-6
    }

    [Fact]
    public void Adam_follows_its_published_recursion()
    {
        float[] parameters = [1f, -2f];
        var adam = new Adam(2);
        double[] m = new double[2], v = new double[2], p = [1, -2];
        for (int t = 1; t <= 20; t++)
        {
            float[] gradient = [2 * parameters[0], 0.3f * parameters[1]];
            adam.Step(parameters, gradient, 0.05);
            for (int i = 0; i < 2; i++)
            {
                double g = i == 0 ? 2 * p[0] : 0.3 * p[1];
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                p[i] -= 0.05 * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                Assert.Equal(p[i], parameters[i], 2e-5); // twenty steps of float rounding, β₂ = 0.999f is 0.999 ± 5e-8 against 1 − β₂ = 1e-3
            }
        }
    }

    [Fact]
    public void Weight_decay_takes_its_share_beside_the_gradient_and_follows_the_parameters_own_rate()
    {
        // 19 parameters: a vector body and a scalar tail on every vector width. No gradient: decay alone moves.
        float[] parameters = [.. Enumerable.Repeat(8f, 19)];
        float[] decay = [.. Enumerable.Range(0, 19).Select(i => i % 2 == 0 ? 0.5f : 0f)];
        float[] rates = [.. Enumerable.Range(0, 19).Select(i => i % 4 == 0 ? 2f : 1f)];
        new Adam(19) { Decay = decay, RateFactors = rates }.Step(parameters, new float[19], 0.1);
        for (int i = 0; i < 19; i++) { Assert.Equal(8 * (1 - (0.1 * decay[i] * rates[i])), parameters[i], 1e-6); }
    }

    [Fact]
    public void Clipping_keeps_the_direction_and_reports_the_norm()
    {
        float[] gradient = [3, 4];
        Assert.Equal(5, GradientClip.ToNorm(gradient, 1));
        Assert.Equal(0.6, gradient[0], 1e-7);
        Assert.Equal(0.8, gradient[1], 1e-7);
        Assert.Equal(1, GradientClip.ToNorm(gradient, 5), 1e-6);
        Assert.True(double.IsNaN(GradientClip.ToNorm([float.NaN], 5)));
    }

    [Fact]
    public void The_cosine_falls_from_the_first_rate_to_its_floor()
    {
        Assert.Equal(0.1, CosineDecay.Rate(0.1, 0, 100), 1e-15);
        Assert.Equal(0.1 * 0.505, CosineDecay.Rate(0.1, 50, 100), 1e-15);
        Assert.Equal(0.001, CosineDecay.Rate(0.1, 100, 100), 1e-15);
        Assert.Equal(0.001, CosineDecay.Rate(0.1, 200, 100), 1e-15);
    }
}
