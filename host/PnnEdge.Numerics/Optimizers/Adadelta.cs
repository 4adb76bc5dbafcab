using System.Numerics;

namespace PnnEdge.Numerics.Optimizers;

/// <summary>Adadelta (Zeiler, arXiv 1212.5701, algorithm 1): a step is as long as recent steps were, in units of recent gradients.</summary>
public sealed class Adadelta : Optimizer
{
    private readonly float _decay;
    private readonly float _epsilon;

    /// <param name="decay">ρ.</param>
    public Adadelta(int parameters, float decay = 0.9f, float epsilon = 1e-6f) : base(parameters, memories: 2) => (_decay, _epsilon) = (decay, epsilon);

    /// <inheritdoc/>
    /// <param name="learningRate">A factor of the paper's step; 1 is the paper's.</param>
    protected override void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        float rate = (float)learningRate;
        Span<float> square = MemoryAt(0), moves = MemoryAt(1); // running means of g² and of Δθ²
        int i = 0;
        for (; i <= square.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> g = new(gradient[i..]), epsilon = new(_epsilon);
            Vector<float> s = (new Vector<float>(square[i..]) * _decay) + (g * g * (1 - _decay));
            Vector<float> u = new(moves[i..]);
            Vector<float> move = Vector.SquareRoot(u + epsilon) / Vector.SquareRoot(s + epsilon) * g;
            s.CopyTo(square[i..]);
            ((u * _decay) + (move * move * (1 - _decay))).CopyTo(moves[i..]);
            move *= RateFactors.Length > 0 ? new Vector<float>(RateFactors, i) * rate : new Vector<float>(rate);
            (new Vector<float>(parameters[i..]) - move).CopyTo(parameters[i..]);
        }

        for (; i < square.Length; i++)
        {
            float g = gradient[i];
            square[i] = (square[i] * _decay) + (g * g * (1 - _decay));
            float move = MathF.Sqrt(moves[i] + _epsilon) / MathF.Sqrt(square[i] + _epsilon) * g;
            moves[i] = (moves[i] * _decay) + (move * move * (1 - _decay));
            parameters[i] -= RateFactors.Length > 0 ? move * (RateFactors[i] * rate) : move * rate;
        }
    }
}
