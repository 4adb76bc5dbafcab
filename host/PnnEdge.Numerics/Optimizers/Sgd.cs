using System.Numerics;

namespace PnnEdge.Numerics.Optimizers;

/// <summary>Stochastic gradient descent with momentum: v ← μv + g, θ ← θ − ηv (Sutskever et al., ICML 2013, as PyTorch counts η).</summary>
public sealed class Sgd : Optimizer
{
    private readonly float _momentum;

    /// <param name="momentum">μ, 0 to below 1.</param>
    public Sgd(int parameters, float momentum = 0) : base(parameters, memories: 1)
    {
        if (!(momentum >= 0 && momentum < 1)) { throw new ArgumentOutOfRangeException(nameof(momentum), $"Asked for a momentum of {momentum}; possible is 0 to below 1."); }
        _momentum = momentum;
    }

    protected override void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        float rate = (float)learningRate;
        Span<float> v = MemoryAt(0);
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
