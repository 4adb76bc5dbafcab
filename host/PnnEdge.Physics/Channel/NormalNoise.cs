using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Channel;

/// <summary>Standard normal numbers of one shot: Philox words through Box–Muller. An instance is one worker's scratch memory.</summary>
/// <remarks>Number k of a shot is the same whatever the shot's length or the vector's width. The tail ends at 5.9 σ (24-bit uniform).</remarks>
internal sealed class NormalNoise
{
    private uint[] _radius = [];
    private uint[] _angle = [];
    private float[] _cosines = [];
    private float[] _sines = [];

    /// <param name="normals">[position], mean 0, variance 1; overwritten.</param>
    public void Fill(ChanceSource chance, ChanceStream stream, ulong shot, Span<float> normals)
    {
        int pairs = (normals.Length + 1) / 2;
        Reserve((pairs + 1) / 2 * 2);
        for (int pair = 0; pair < pairs; pair += 2)
        {
            PhiloxBlock words = chance.Block(stream, shot, (uint)pair / 2);
            _radius[pair] = words.W0;
            _angle[pair] = words.W1;
            _radius[pair + 1] = words.W2;
            _angle[pair + 1] = words.W3;
        }

        BoxMuller();
        for (int k = 0; k < normals.Length; k++)
        {
            normals[k] = (k & 1) == 0 ? _cosines[k / 2] : _sines[k / 2];
        }
    }

    private void Reserve(int pairs)
    {
        int padded = (pairs + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        if (_radius.Length != padded)
        {
            _radius = new uint[padded];
            _angle = new uint[padded];
            _cosines = new float[padded];
            _sines = new float[padded];
        }
    }

    private void BoxMuller()
    {
        Span<Vector<uint>> radius = MemoryMarshal.Cast<uint, Vector<uint>>(_radius.AsSpan());
        Span<Vector<int>> angle = MemoryMarshal.Cast<uint, Vector<int>>(_angle.AsSpan());
        Span<Vector<float>> cosines = MemoryMarshal.Cast<float, Vector<float>>(_cosines.AsSpan());
        Span<Vector<float>> sines = MemoryMarshal.Cast<float, Vector<float>>(_sines.AsSpan());
        for (int at = 0; at < radius.Length; at++)
        {
            Vector<float> length = Length(radius[at]);
            CosSin(angle[at], out Vector<float> cosine, out Vector<float> sine);
            cosines[at] = length * cosine;
            sines[at] = length * sine;
        }
    }

    // √(−2 ln u), u uniform in (0, 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Length(Vector<uint> word)
    {
        Vector<float> count = Vector.ConvertToSingle(Vector.AsVectorInt32(Vector.ShiftRightLogical(word, 8)));
        Vector<float> u = (count + new Vector<float>(0.5f)) * new Vector<float>(1f / (1 << 24));

        // u = m·2^e with m in [√½, √2).
        const int rootHalfBits = 0x3F3504F3;
        Vector<int> bits = Vector.AsVectorInt32(u) - new Vector<int>(rootHalfBits);
        Vector<float> exponent = Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23));
        Vector<float> m = Vector.AsVectorSingle((bits & new Vector<int>(0x7FFFFF)) + new Vector<int>(rootHalfBits));
        Vector<float> f = m - Vector<float>.One;

        // Fit of ln(1+f)/f on [√½ − 1, √2 − 1], degree 8, error 6e-8.
        Vector<float> p = Fma(f, 0.0872235745f, -0.143668443f);
        p = Fma(p, f, 0.149522662f);
        p = Fma(p, f, -0.165623933f);
        p = Fma(p, f, 0.199568331f);
        p = Fma(p, f, -0.250020742f);
        p = Fma(p, f, 0.333341867f);
        p = Fma(p, f, -0.499999881f);
        p = Fma(p, f, 1f);
        Vector<float> minusLog = -Fma(exponent, new Vector<float>(0.693147181f), p * f);
        return Vector.SquareRoot(Vector.MaxNative(minusLog + minusLog, Vector<float>.Zero));
    }

    // Cosine and sine of 2π·word/2³².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CosSin(Vector<int> word, out Vector<float> cosine, out Vector<float> sine)
    {
        Vector<float> quarters = Vector.ConvertToSingle(word) * new Vector<float>(4f / 4294967296f);
        Vector<float> shifted = quarters + new Vector<float>(RoundingMagic);
        Vector<float> f = quarters - (shifted - new Vector<float>(RoundingMagic));
        Vector<int> quadrant = Vector.AsVectorInt32(shifted);

        // Fits of sin(πf/2)/f and cos(πf/2) in f² on [0, ¼], errors 4e-8 and 1e-8.
        Vector<float> f2 = f * f;
        Vector<float> s = Fma(f2, -0.00460165786f, 0.079680033f);
        s = Fma(s, f2, -0.64596349f);
        s = Fma(s, f2, 1.57079637f) * f;
        Vector<float> c = Fma(f2, 0.00090336299f, -0.0208599363f);
        c = Fma(c, f2, 0.253669173f);
        c = Fma(c, f2, -1.23370051f);
        c = Fma(c, f2, 1f);

        Vector<int> odd = Vector.Equals(quadrant & Vector<int>.One, Vector<int>.One);
        Vector<int> cosineSign = Vector.ShiftLeft((quadrant + Vector<int>.One) & new Vector<int>(2), 30);
        Vector<int> sineSign = Vector.ShiftLeft(quadrant & new Vector<int>(2), 30);
        cosine = Vector.AsVectorSingle(Vector.AsVectorInt32(Vector.ConditionalSelect(odd, s, c)) ^ cosineSign);
        sine = Vector.AsVectorSingle(Vector.AsVectorInt32(Vector.ConditionalSelect(odd, c, s)) ^ sineSign);
    }
}
