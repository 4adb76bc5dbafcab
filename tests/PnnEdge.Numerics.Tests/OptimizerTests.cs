using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Numerics.Tests;

/// <summary>Optimizers beside Adam, against their published recursions in double.</summary>
public class OptimizerTests
{
    // A vector body and a scalar tail on every vector width.
    private const int Count = 19;

    [Fact]
    public void Gradient_descent_with_momentum_follows_its_recursion()
    {
        float[] parameters = [.. Enumerable.Range(0, Count).Select(i => 1f - (0.1f * i))];
        double[] p = [.. parameters], v = new double[Count];
        var sgd = new Sgd(Count, momentum: 0.9f);
        for (int t = 0; t < 30; t++)
        {
            sgd.Step(parameters, [.. parameters.Select((at, i) => at * (1 + (0.1f * i)))], 0.02);
            for (int i = 0; i < Count; i++)
            {
                v[i] = (0.9 * v[i]) + (p[i] * (1 + (0.1 * i)));
                p[i] -= 0.02 * v[i];
                Assert.Equal(p[i], parameters[i], 2e-5); // thirty steps of float rounding on numbers of order 1, and 0.9f
            }
        }
    }

    [Fact]
    public void A_momentum_of_one_would_never_forget_and_is_refused() =>
        Assert.Contains("possible is 0 to below 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Adadelta_follows_its_published_recursion()
    {
        float[] parameters = [.. Enumerable.Range(0, Count).Select(i => 2f - (0.2f * i))];
        double[] p = [.. parameters], square = new double[Count], moves = new double[Count];
        var adadelta = new Adadelta(Count, decay: 0.95f);
        for (int t = 0; t < 50; t++)
        {
            adadelta.Step(parameters, [.. parameters.Select((at, i) => at * (0.5f + i))], 1);
            for (int i = 0; i < Count; i++)
            {
                double g = p[i] * (0.5 + i);
                square[i] = (0.95 * square[i]) + (0.05 * g * g);
                double move = Math.Sqrt(moves[i] + 1e-6) / Math.Sqrt(square[i] + 1e-6) * g;
                moves[i] = (0.95 * moves[i]) + (0.05 * move * move);
                p[i] -= move;
                Assert.Equal(p[i], parameters[i], 2e-5); // float rounding of fifty short steps
            }
        }
    }

    public static TheoryData<string> Optimizers => ["adam", "sgd", "momentum", "adadelta"];

    [Theory, MemberData(nameof(Optimizers))]
    public void A_rate_factor_scales_its_parameters_move(string name)
    {
        float[] plain = new float[Count], scaled = new float[Count], gradient = MatrixProductTests.Noise(Count, 3);
        float[] factors = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        Of(name, []).Step(plain, gradient, 0.1);
        Of(name, factors).Step(scaled, gradient, 0.1);
        Assert.All(plain, move => Assert.NotEqual(0, move));
        for (int i = 0; i < Count; i++) { Assert.Equal(plain[i] * factors[i], scaled[i], 1e-6 * Math.Abs(plain[i])); } // one rounding
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Restored_memory_goes_on_with_the_same_bits_and_another_optimizers_is_refused(string name)
    {
        float[] a = MatrixProductTests.Noise(Count, 1), gradient = MatrixProductTests.Noise(Count, 2);
        Optimizer whole = Of(name, []), restored = Of(name, []);
        whole.Step(a, gradient, 0.1);
        float[] b = [.. a];
        restored.Restore(whole.Memory, whole.Steps);
        whole.Step(a, gradient, 0.1);
        restored.Step(b, gradient, 0.1);
        Assert.Equal(a, b);
        Assert.Equal(2, restored.Steps);
        Assert.Throws<ArgumentException>(() => restored.Restore([.. whole.Memory, new float[Count]], 1));
        Assert.Throws<ArgumentException>(() => restored.Restore([.. whole.Memory.Select(_ => new float[Count + 1])], 1));
    }

    private static Optimizer Of(string name, float[] factors) => name switch
    {
        "adam" => new Adam(Count) { RateFactors = factors },
        "sgd" => new Sgd(Count) { RateFactors = factors },
        "momentum" => new Sgd(Count, momentum: 0.9f) { RateFactors = factors },
        _ => new Adadelta(Count) { RateFactors = factors },
    };

    [Theory, InlineData(1000), InlineData(200_003)]
    public void Adam_on_many_parameters_moves_each_as_it_would_alone(int count)
    {
        float[] gradient = MatrixProductTests.Noise(count, 5), parameters = MatrixProductTests.Noise(count, 6), expected = [.. parameters];
        var all = new Adam(count) { Decay = [.. Enumerable.Range(0, count).Select(i => 0.01f * (i % 7))] };
        all.Step(parameters, gradient, 0.01);
        foreach (int i in new[] { 0, 7, 8, 15, count / 2, count - 1 })
        {
            float[] alone = [expected[i]];
            new Adam(1) { Decay = [all.Decay[i]] }.Step(alone, [gradient[i]], 0.01);
            Assert.Equal(alone[0], parameters[i]);
        }
    }
}
