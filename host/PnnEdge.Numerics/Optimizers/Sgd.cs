using System.Numerics;

namespace PnnEdge.Numerics.Optimizers;

/// <summary>Stochastic gradient descent with momentum: v ← μv + g, θ ← θ − ηv (Sutskever et al., ICML 2013, as PyTorch counts η).</summary>
public sealed class Sgd : IOptimizer
{
    private readonly float _momentum;
    private readonly float[][] _memory;

    /// <param name="momentum">μ, 0 to below 1.</param>
    public Sgd(int parameters, float momentum = 0)
    {
        if (!(momentum >= 0 && momentum < 1)) { throw new ArgumentOutOfRangeException(nameof(momentum), $"Asked for a momentum of {momentum}; possible is 0 to below 1."); }
        _momentum = momentum;
        Velocity = new float[parameters];
        _memory = [Velocity];
    }

    /// <summary>[parameter].</summary>
    public float[] Velocity { get; }

    /// <summary>[parameter]: each one's learning rate as a factor of the step's; empty for 1 throughout.</summary>
    public float[] RateFactors { get; init; } = [];

    public IReadOnlyList<float[]> Memory => _memory;

    public int Steps { get; private set; }

    public void Restore(IReadOnlyList<float[]> memory, int steps)
    {
        OptimizerMemory.Restore(memory, Memory, steps);
        Steps = steps;
    }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Require.Length(parameters, Velocity.Length, nameof(parameters));
        Require.Length(gradient, Velocity.Length, nameof(gradient));
        Steps++;
        float rate = (float)learningRate;
        Span<float> v = Velocity;
        int i = 0;
        for (; i <= v.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> vi = (new Vector<float>(v[i..]) * _momentum) + new Vector<float>(gradient[i..]);
            vi.CopyTo(v[i..]);
            Vector<float> move = RateFactors.Length > 0 ? vi * rate * new Vector<float>(RateFactors, i) : vi * rate;
            (new Vector<float>(parameters[i..]) - move).CopyTo(parameters[i..]);
        }

        for (; i < v.Length; i++)
        {
            v[i] = (v[i] * _momentum) + gradient[i];
            parameters[i] -= RateFactors.Length > 0 ? v[i] * rate * RateFactors[i] : v[i] * rate;
        }
    }
}
