using System.Numerics;

namespace PnnEdge.Physics.Numeric;

/// <summary>The discrete Fourier transform of a power of two complex numbers in double precision, in place and unscaled: radix 2, Cooley and Tukey 1965.</summary>
internal static class FourierTransform
{
    /// <summary>Σₙ xₙ e^{−2πi·jn/N}: what a field e^{+iΩt} holds at each Ω, times N.</summary>
    /// <exception cref="ArgumentException">The length is not a power of two.</exception>
    public static void ToSpectrum(Span<Complex> values) => Transform(values, -1);

    /// <summary>Σⱼ xⱼ e^{+2πi·jn/N}: the field at each time.</summary>
    /// <exception cref="ArgumentException">The length is not a power of two.</exception>
    public static void ToTime(Span<Complex> values) => Transform(values, +1);

    private static void Transform(Span<Complex> values, int sign)
    {
        if (!BitOperations.IsPow2(values.Length))
        {
            throw new ArgumentException($"Asked to transform {values.Length} values; possible is a power of two.", nameof(values));
        }

        ReverseBits(values);
        for (int half = 1; half < values.Length; half *= 2)
        {
            for (int j = 0; j < half; j++)
            {
                (double sine, double cosine) = Math.SinCos(sign * Math.PI * j / half);
                var turn = new Complex(cosine, sine);
                for (int at = j; at < values.Length; at += 2 * half)
                {
                    Complex other = values[at + half] * turn;
                    values[at + half] = values[at] - other;
                    values[at] += other;
                }
            }
        }
    }

    private static void ReverseBits(Span<Complex> values)
    {
        int reversed = 0;
        for (int at = 0; at < values.Length - 1; at++)
        {
            if (at < reversed)
            {
                (values[at], values[reversed]) = (values[reversed], values[at]);
            }

            int bit = values.Length / 2;
            while ((reversed & bit) != 0)
            {
                reversed ^= bit;
                bit /= 2;
            }

            reversed |= bit;
        }
    }
}
