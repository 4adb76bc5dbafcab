using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The discrete Fourier transform of 512 complex numbers per lane in single precision, in place and unscaled: radix 4 four
/// times and radix 2 once. <see cref="Forward"/> leaves its result in an order of its own, which <see cref="Inverse"/>
/// takes: products of spectra need no other.
/// </summary>
/// <remarks>
/// Measured against the direct sum of products over the same lanes, each product once: an autoconvolution takes 1.0 µs a shot in place
/// of 1.7 µs (256-bit vectors, one core).
/// </remarks>
internal static class LaneTransform
{
    public const int Length = ShotLayout.TransformLength;

    private const int LargestQuarter = Length / 4;
    private const int SmallestQuarter = 2;

    // [pass, turn, (cos 1, sin 1, cos 2, sin 2, cos 3, sin 3)]: e^{−2πi·m·turn/(4·quarter)}, m = 1, 2, 3.
    private static readonly float[] Turns = MakeTurns();

    public static void Forward(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = LargestQuarter; quarter >= SmallestQuarter; quarter /= 4)
        {
            Spread(re[..Length], im[..Length], quarter, turns[..(6 * quarter)]);
            turns = turns[(6 * quarter)..];
        }

        Pairs(re[..Length], im[..Length]);
    }

    public static void Inverse(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        Pairs(re[..Length], im[..Length]);
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = SmallestQuarter; quarter <= LargestQuarter; quarter *= 4)
        {
            Gather(re[..Length], im[..Length], quarter, turns.Slice(turns.Length - 6 * quarter, 6 * quarter));
            turns = turns[..^(6 * quarter)];
        }
    }

    // Decimation in frequency: four values a quarter apart become four transforms a quarter as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(Span<Vector<float>> re, Span<Vector<float>> im, int quarter, ReadOnlySpan<float> turns)
    {
        for (int turn = 0; turn < quarter; turn++)
        {
            ReadOnlySpan<float> w = turns.Slice(6 * turn, 6);
            var c1 = new Vector<float>(w[0]);
            var s1 = new Vector<float>(w[1]);
            var c2 = new Vector<float>(w[2]);
            var s2 = new Vector<float>(w[3]);
            var c3 = new Vector<float>(w[4]);
            var s3 = new Vector<float>(w[5]);
            for (int at = turn; at < Length; at += 4 * quarter)
            {
                Vector<float> evenRe = re[at] + re[at + 2 * quarter];
                Vector<float> evenIm = im[at] + im[at + 2 * quarter];
                Vector<float> apartRe = re[at] - re[at + 2 * quarter];
                Vector<float> apartIm = im[at] - im[at + 2 * quarter];
                Vector<float> oddRe = re[at + quarter] + re[at + 3 * quarter];
                Vector<float> oddIm = im[at + quarter] + im[at + 3 * quarter];
                Vector<float> crossRe = im[at + quarter] - im[at + 3 * quarter];
                Vector<float> crossIm = re[at + 3 * quarter] - re[at + quarter];
                re[at] = evenRe + oddRe;
                im[at] = evenIm + oddIm;
                Multiply(evenRe - oddRe, evenIm - oddIm, c2, s2, out re[at + quarter], out im[at + quarter]);
                Multiply(apartRe + crossRe, apartIm + crossIm, c1, s1, out re[at + 2 * quarter], out im[at + 2 * quarter]);
                Multiply(apartRe - crossRe, apartIm - crossIm, c3, s3, out re[at + 3 * quarter], out im[at + 3 * quarter]);
            }
        }
    }

    // Decimation in time: the same graph backwards, with the turns' conjugates.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(Span<Vector<float>> re, Span<Vector<float>> im, int quarter, ReadOnlySpan<float> turns)
    {
        for (int turn = 0; turn < quarter; turn++)
        {
            ReadOnlySpan<float> w = turns.Slice(6 * turn, 6);
            var c1 = new Vector<float>(w[0]);
            var s1 = new Vector<float>(-w[1]);
            var c2 = new Vector<float>(w[2]);
            var s2 = new Vector<float>(-w[3]);
            var c3 = new Vector<float>(w[4]);
            var s3 = new Vector<float>(-w[5]);
            for (int at = turn; at < Length; at += 4 * quarter)
            {
                Multiply(re[at + quarter], im[at + quarter], c2, s2, out Vector<float> re2, out Vector<float> im2);
                Multiply(re[at + 2 * quarter], im[at + 2 * quarter], c1, s1, out Vector<float> re1, out Vector<float> im1);
                Multiply(re[at + 3 * quarter], im[at + 3 * quarter], c3, s3, out Vector<float> re3, out Vector<float> im3);
                Vector<float> evenRe = re[at] + re2;
                Vector<float> evenIm = im[at] + im2;
                Vector<float> apartRe = re[at] - re2;
                Vector<float> apartIm = im[at] - im2;
                Vector<float> oddRe = re1 + re3;
                Vector<float> oddIm = im1 + im3;
                Vector<float> crossRe = im3 - im1;
                Vector<float> crossIm = re1 - re3;
                re[at] = evenRe + oddRe;
                im[at] = evenIm + oddIm;
                re[at + quarter] = apartRe + crossRe;
                im[at + quarter] = apartIm + crossIm;
                re[at + 2 * quarter] = evenRe - oddRe;
                im[at + 2 * quarter] = evenIm - oddIm;
                re[at + 3 * quarter] = apartRe - crossRe;
                im[at + 3 * quarter] = apartIm - crossIm;
            }
        }
    }

    private static void Pairs(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        for (int at = 0; at < re.Length; at += 2)
        {
            (re[at], re[at + 1]) = (re[at] + re[at + 1], re[at] - re[at + 1]);
            (im[at], im[at + 1]) = (im[at] + im[at + 1], im[at] - im[at + 1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        Vector<float> re, Vector<float> im, Vector<float> cosine, Vector<float> sine, out Vector<float> productRe, out Vector<float> productIm)
    {
        productRe = Fma(re, cosine, -(im * sine));
        productIm = Fma(re, sine, im * cosine);
    }

    private static float[] MakeTurns()
    {
        var turns = new List<float>();
        for (int quarter = LargestQuarter; quarter >= SmallestQuarter; quarter /= 4)
        {
            for (int turn = 0; turn < quarter; turn++)
            {
                for (int m = 1; m <= 3; m++)
                {
                    (double sine, double cosine) = Math.SinCos(-2 * Math.PI * m * turn / (4 * quarter));
                    turns.Add((float)cosine);
                    turns.Add((float)sine);
                }
            }
        }

        return [.. turns];
    }
}
