using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Numeric;

/// <summary>Sine and cosine on lanes, the same bits on every machine, as <see cref="LaneMath"/>; the fits are our own.</summary>
/// <remarks>The errors stated were measured up to 50 rad; the sine stays a bounded function far beyond.</remarks>
internal static class LaneSine
{
    // π to 48 bits: its nearest single-precision number and what is missing.
    private const float PiHigh = 3.14159274f;
    private const float PiLow = -8.74227766e-8f;
    private const float InversePi = 0.318309886f;

    /// <summary>sin x, to 1.2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> x)
    {
        Vector<float> r = Reduce(x, out Vector<int> sign);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(SinOfReduced(r)) ^ sign);
    }

    /// <summary>sin x to 1.2e-7 and cos x to 2e-7; the sine has the bits of <see cref="Sin"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Sin, Vector<float> Cos) SinCos(Vector<float> x)
    {
        Vector<float> r = Reduce(x, out Vector<int> sign);

        // Fit of cos r on ±π/2, degree 8 in r, error 5e-8.
        Vector<float> t = r * r;
        Vector<float> c = Fma(t, 2.3194189e-05f, -0.0013855919f);
        c = Fma(c, t, 0.04166399f);
        c = Fma(c, t, -0.4999993f);
        c = Fma(c, t, 1f);
        return (
            Vector.AsVectorSingle(Vector.AsVectorInt32(SinOfReduced(r)) ^ sign),
            Vector.AsVectorSingle(Vector.AsVectorInt32(c) ^ sign));
    }

    // x = n·π + r with |r| ≤ π/2; an odd n turns the sign of both functions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Reduce(Vector<float> x, out Vector<int> sign)
    {
        Vector<float> shifted = Fma(x, InversePi, RoundingMagic);
        Vector<float> n = shifted - new Vector<float>(RoundingMagic);
        sign = Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 31);
        return Fma(n, new Vector<float>(-PiLow), Fma(n, new Vector<float>(-PiHigh), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> SinOfReduced(Vector<float> r)
    {
        // Fit of (sin(r)/r − 1)/r² on ±π/2, degree 6 in r, error of the sine 6e-9.
        Vector<float> t = r * r;
        Vector<float> p = Fma(t, 2.6057617e-06f, -0.00019809595f);
        p = Fma(p, t, 0.0083330665f);
        p = Fma(p, t, -0.1666666f);
        return Fma(p * t, r, r);
    }
}
