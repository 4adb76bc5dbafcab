using System.Numerics;
using System.Runtime.CompilerServices;
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
        fixed (float* p = parameters, g = gradient, m = FirstMoment, v = SecondMoment, decay = Decay, factors = RateFactors)
        {
            Spread.Elements(parameters.Length, new Update(
                (nint)p, (nint)g, (nint)m, (nint)v, (nint)decay, (nint)factors, _beta1, _beta2, _epsilon, size, secondScale, (float)learningRate));
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

    private readonly record struct Update(
        nint Parameters, nint Gradient, nint First, nint Second, nint Decay, nint Factors,
        float Beta1, float Beta2, float Epsilon, float Size, float SecondScale, float Rate) : IElementJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int first, int count)
        {
            float* p = (float*)Parameters + first, g = (float*)Gradient + first, m = (float*)First + first, v = (float*)Second + first;
            float* decay = Decay == 0 ? null : (float*)Decay + first, factors = Factors == 0 ? null : (float*)Factors + first;
            int i = 0;
            for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> gi = Vector.Load(g + i);
                Vector<float> mi = (Vector.Load(m + i) * Beta1) + (gi * (1 - Beta1));
                Vector<float> vi = (Vector.Load(v + i) * Beta2) + (gi * gi * (1 - Beta2));
                mi.Store(m + i);
                vi.Store(v + i);
                Vector<float> move = mi * Size / (Vector.SquareRoot(vi * SecondScale) + new Vector<float>(Epsilon)), at = Vector.Load(p + i);
                if (decay != null) { move += at * Vector.Load(decay + i) * Rate; }
                if (factors != null) { move *= Vector.Load(factors + i); }
                (at - move).Store(p + i);
            }

            for (; i < count; i++)
            {
                m[i] = (m[i] * Beta1) + (g[i] * (1 - Beta1));
                v[i] = (v[i] * Beta2) + (g[i] * g[i] * (1 - Beta2));
                float move = m[i] * Size / (MathF.Sqrt(v[i] * SecondScale) + Epsilon);
                if (decay != null) { move += p[i] * decay[i] * Rate; }
                p[i] -= factors != null ? move * factors[i] : move;
            }
        }
    }
}
