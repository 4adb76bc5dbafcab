using System.Numerics;
using PnnEdge.Numerics.Threading;

namespace PnnEdge.Numerics.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015) with bias correction and, where asked, decoupled weight decay (AdamW: Loshchilov and Hutter, 2019); the moments and the step count are the whole state.</summary>
public sealed unsafe class Adam : Optimizer
{
    private readonly float _beta1;
    private readonly float _beta2;
    private readonly float _epsilon;

    public Adam(int parameters, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f) : base(parameters, memories: 2) =>
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);

    /// <summary>[parameter].</summary>
    public float[] FirstMoment => MemoryAt(0);

    /// <summary>[parameter].</summary>
    public float[] SecondMoment => MemoryAt(1);

    /// <summary>[parameter]: AdamW's λ, the share of a parameter that a step at learning rate 1 takes away; empty for 0 throughout.</summary>
    public float[] Decay { get; init; } = [];

    protected override void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        float size = (float)(learningRate / (1 - Power(_beta1, Steps)));
        float secondScale = (float)(1 / (1 - Power(_beta2, Steps)));
        fixed (float* p = parameters, g = gradient)
        {
            Spread.Elements(parameters.Length, new Update(this, (nint)p, (nint)g, size, secondScale, (float)learningRate));
        }
    }

    private void MovePart(Span<float> parameters, ReadOnlySpan<float> gradient, int first, float size, float secondScale, float learningRate)
    {
        Span<float> m = FirstMoment.AsSpan(first, parameters.Length), v = SecondMoment.AsSpan(first, parameters.Length);
        int i = 0;
        for (; i <= m.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> g = new(gradient[i..]);
            Vector<float> mi = (new Vector<float>(m[i..]) * _beta1) + (g * (1 - _beta1));
            Vector<float> vi = (new Vector<float>(v[i..]) * _beta2) + (g * g * (1 - _beta2));
            mi.CopyTo(m[i..]);
            vi.CopyTo(v[i..]);
            Vector<float> move = mi * size / (Vector.SquareRoot(vi * secondScale) + new Vector<float>(_epsilon));
            Vector<float> at = new(parameters[i..]);
            if (Decay.Length > 0) { move += at * new Vector<float>(Decay, first + i) * learningRate; }
            if (RateFactors.Length > 0) { move *= new Vector<float>(RateFactors, first + i); }
            (at - move).CopyTo(parameters[i..]);
        }

        for (; i < m.Length; i++)
        {
            float g = gradient[i];
            m[i] = (m[i] * _beta1) + (g * (1 - _beta1));
            v[i] = (v[i] * _beta2) + (g * g * (1 - _beta2));
            float move = m[i] * size / (MathF.Sqrt(v[i] * secondScale) + _epsilon);
            if (Decay.Length > 0) { move += parameters[i] * Decay[first + i] * learningRate; }
            parameters[i] -= RateFactors.Length > 0 ? move * RateFactors[first + i] : move;
        }
    }

    // Repeated squaring instead of Math.Pow, whose last bit differs between platforms.
    private static double Power(double value, int exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) != 0) { result *= value; }
        }

        return result;
    }

    private readonly record struct Update(Adam Owner, nint Parameters, nint Gradient, float Size, float SecondScale, float Rate) : IElementJob
    {
        public void Run(int first, int count) => Owner.MovePart(
            new Span<float>((float*)Parameters + first, count), new ReadOnlySpan<float>((float*)Gradient + first, count), first, Size, SecondScale, Rate);
    }
}
