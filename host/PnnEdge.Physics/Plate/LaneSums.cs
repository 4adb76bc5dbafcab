using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>The sums over a plate's modes that its kicks depend on, between two steps.</summary>
internal struct LaneSums
{
    /// <summary>x, m.</summary>
    public Vector<float> Cone;

    /// <summary>x′ before the kicks, m/s.</summary>
    public Vector<float> ConeSpeed;

    /// <summary>Σ g·q², scaled as <see cref="LaneMode.StretchShape"/>.</summary>
    public Vector<float> Stretch;

    /// <summary>Σ D·g·q, scaled so too: times <see cref="Stretch"/> it is what the membrane term takes off x′ in a step.</summary>
    public Vector<float> ConeStretch;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref LaneSums sums, in LaneMode m)
    {
        Vector<float> stretched = m.StretchShape * m.Metre;
        sums.Cone = Fma(m.DriveShape, m.Metre, sums.Cone);
        sums.ConeSpeed = Fma(m.DriveShape, m.MetrePerSecond, sums.ConeSpeed);
        sums.Stretch = Fma(stretched, m.Metre, sums.Stretch);
        sums.ConeStretch = Fma(m.DriveShape, stretched, sums.ConeStretch);
    }
}
