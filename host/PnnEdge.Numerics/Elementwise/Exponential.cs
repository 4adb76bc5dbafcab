using System.Numerics;
using System.Runtime.CompilerServices;

namespace PnnEdge.Numerics.Elementwise;

/// <summary>e^x from fused multiply-adds alone, so that every platform computes the same bits; the system's math library does not promise that.</summary>
/// <remarks>
/// Range reduction by a two-part ln 2 (Cody and Waite), then the Taylor polynomial of degree 7 on |r| ≤ ln2/2, whose remainder
/// is below 1e-8 relative. Inputs beyond ±87 saturate: the result stays a normal number. NaN stays NaN.
/// </remarks>
public static class Exponential
{
    private const float LargestInput = 87f;
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        Vector<float> bounded = Vector.Min(Vector.Max(x, new Vector<float>(-LargestInput)), new Vector<float>(LargestInput));
        Vector<float> n = Vector.Round(bounded * Log2E);
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2High), bounded);
        r = Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2Low), r);

        Vector<float> p = new(1f / 5040);
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 720));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 120));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 24));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 6));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(0.5f));
        p = Vector.FusedMultiplyAdd(p, r, Vector<float>.One);
        p = Vector.FusedMultiplyAdd(p, r, Vector<float>.One);

        Vector<int> exponentBits = Vector.ShiftLeft(Vector.ConvertToInt32(n) + new Vector<int>(127), 23);
        return p * Vector.AsVectorSingle(exponentBits);
    }

    public static float Of(float x) => Of(new Vector<float>(x))[0];

    /// <summary>1/(1+e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Logistic(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Of(-x));

    /// <summary>1/(1+e^-x).</summary>
    public static float Logistic(float x) => Logistic(new Vector<float>(x))[0];
}
