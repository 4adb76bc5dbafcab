using System.Numerics;

namespace PnnEdge.Numerics.Optimizers;

/// <summary>Stochastic gradient descent with momentum: v ← μv + g, θ ← θ − ηv (Sutskever et al., ICML 2013, as PyTorch counts η).</summary>
public sealed class Sgd
{
    private readonly float _momentum;

    /// <param name="momentum">μ, 0 to below 1.</param>
    public Sgd(int parameters, float momentum = 0)
    {
        if (!(momentum >= 0 && momentum < 1)) { throw new ArgumentOutOfRangeException(nameof(momentum), $"Asked for a momentum of {momentum}; possible is 0 to below 1."); }
        _momentum = momentum;
        Velocity = new float[parameters];
    }

    /// <summary>[parameter]; part of a checkpoint.</summary>
    public float[] Velocity { get; }

    /// <param name="parameters">[parameter]; moved against the gradient.</param> <param name="gradient">[parameter].</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Require.Length(parameters, Velocity.Length, nameof(parameters));
        Require.Length(gradient, Velocity.Length, nameof(gradient));
        float rate = (float)learningRate;
        Span<float> v = Velocity;
        int i = 0;
        for (; i <= v.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> vi = (new Vector<float>(v[i..]) * _momentum) + new Vector<float>(gradient[i..]);
            vi.CopyTo(v[i..]);
            (new Vector<float>(parameters[i..]) - (vi * rate)).CopyTo(parameters[i..]);
        }

        for (; i < v.Length; i++)
        {
            v[i] = (v[i] * _momentum) + gradient[i];
            parameters[i] -= v[i] * rate;
        }
    }
}
