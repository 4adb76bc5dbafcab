using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>One pass of a discrete Fourier transform on lanes, of whatever length: what <see cref="LaneTransform"/> and <see cref="LaneWideTransform"/> are made of.</summary>
internal static class LaneButterflies
{
    /// <summary>The turns of every pass of four, from <paramref name="largestQuarter"/> down to <paramref name="smallestQuarter"/>.</summary>
    /// <returns>[pass, turn, (cos 1, sin 1, cos 2, sin 2, cos 3, sin 3)]: e^{−2πi·m·turn/(4·quarter)}, m = 1, 2, 3.</returns>
    public static float[] Turns(int largestQuarter, int smallestQuarter)
    {
        var turns = new List<float>();
        for (int quarter = largestQuarter; quarter >= smallestQuarter; quarter /= 4)
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

    /// <summary>Decimation in frequency: four values a quarter apart become four transforms a quarter as long.</summary>
    /// <param name="re">[value], Re; transforms of 4·<paramref name="quarter"/> values each, one after the other.</param>
    /// <param name="im">As <paramref name="re"/>, for the imaginary part.</param>
    /// <param name="turns">[turn, 6], of this quarter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(Span<Vector<float>> re, Span<Vector<float>> im, int quarter, ReadOnlySpan<float> turns)
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
            for (int at = turn; at < re.Length; at += 4 * quarter)
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

    /// <summary>Decimation in time: the graph of <see cref="Spread"/> backwards, with the turns' conjugates.</summary>
    /// <param name="re">[value], Re; transforms of 4·<paramref name="quarter"/> values each, one after the other.</param>
    /// <param name="im">As <paramref name="re"/>, for the imaginary part.</param>
    /// <param name="turns">[turn, 6], of this quarter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(Span<Vector<float>> re, Span<Vector<float>> im, int quarter, ReadOnlySpan<float> turns)
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
            for (int at = turn; at < re.Length; at += 4 * quarter)
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

    /// <summary>Transforms of two values each, the same in both directions.</summary>
    public static void Pairs(Span<Vector<float>> re, Span<Vector<float>> im)
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
}
