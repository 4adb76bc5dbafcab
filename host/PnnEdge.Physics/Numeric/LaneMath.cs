using System.Numerics;
using System.Runtime.CompilerServices;

namespace PnnEdge.Physics.Numeric;

/// <summary>
/// Elementary functions on lanes, the same bits on every machine: only IEEE additions, multiplications and fused
/// multiply-adds, no library call. The fused ones are asked for by name (<see cref="Fma(Vector{float}, Vector{float}, Vector{float})"/>);
/// the compiler never contracts on its own. Coefficients are our own Remez fits of relative error.
/// </summary>
internal static class LaneMath
{
    // 1.5·2²³: adding it leaves the nearest integer in the low bits.
    public const float RoundingMagic = 12582912f;

    /// <summary>2^x for −126 ≤ x ≤ 127, to 1e-7 relative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp2(Vector<float> x)
    {
        Vector<float> shifted = x + new Vector<float>(RoundingMagic);
        Vector<float> f = x - (shifted - new Vector<float>(RoundingMagic));

        // Fit of 2^f on [−½, ½], degree 6, error 2e-8.
        Vector<float> p = Fma(f, 0.000153458124f, 0.00133999309f);
        p = Fma(p, f, 0.00961848907f);
        p = Fma(p, f, 0.0555032864f);
        p = Fma(p, f, 0.240226462f);
        p = Fma(p, f, 0.693147182f);
        p = Fma(p, f, 1f);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(p) + Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23));
    }

    /// <summary>ln(1 + t) for 0 ≤ t ≤ 1, to 1.5e-7 relative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> LogOnePlus(Vector<float> t)
    {
        // Fit of ln(1+t)/t on [0, 1], degree 9, error 3e-8.
        Vector<float> p = Fma(t, -0.00324402563f, 0.0198514629f);
        p = Fma(p, t, -0.0569595359f);
        p = Fma(p, t, 0.106036551f);
        p = Fma(p, t, -0.153055921f);
        p = Fma(p, t, 0.196759388f);
        p = Fma(p, t, -0.249541342f);
        p = Fma(p, t, 0.333299637f);
        p = Fma(p, t, -0.499999017f);
        p = Fma(p, t, 1f);
        return p * t;
    }

    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Fma(Vector<float> x, Vector<float> y, Vector<float> z) => Vector.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Fma(Vector<float> x, Vector<float> y, float z) => Vector.FusedMultiplyAdd(x, y, new Vector<float>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Fma(Vector<float> x, float y, float z) =>
        Vector.FusedMultiplyAdd(x, new Vector<float>(y), new Vector<float>(z));
}
