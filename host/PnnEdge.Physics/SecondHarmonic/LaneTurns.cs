using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>A linear step on lanes: each Ω of a field turns by an angle of its own, common to all lanes.</summary>
internal sealed class LaneTurns(int length)
{
    private readonly float[] _re = new float[length];
    private readonly float[] _im = new float[length];

    /// <param name="magnitude">Of the factor, 1.</param>
    public void Set(int at, double magnitude, double radians)
    {
        (double sine, double cosine) = Math.SinCos(radians);
        _re[at] = (float)(magnitude * cosine);
        _im[at] = (float)(magnitude * sine);
    }

    /// <param name="re">[Ω], Re of the field; overwritten.</param>
    /// <param name="im">[Ω], Im of the field; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Turn(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        for (int at = 0; at < _re.Length; at++)
        {
            var cosine = new Vector<float>(_re[at]);
            var sine = new Vector<float>(_im[at]);
            Vector<float> x = re[at];
            Vector<float> y = im[at];
            re[at] = Fma(x, cosine, -(y * sine));
            im[at] = Fma(x, sine, y * cosine);
        }
    }
}
