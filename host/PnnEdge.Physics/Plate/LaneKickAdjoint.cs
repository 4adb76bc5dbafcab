using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>The reverse of <see cref="LaneKick"/>: the loss's derivatives by what a kick depends on, from those by what it gives.</summary>
internal struct LaneKickAdjoint
{
    /// <summary>∂loss/∂i before the kick, 1/A.</summary>
    public Vector<float> Ampere;

    /// <summary>∂loss/∂x, 1/m.</summary>
    public Vector<float> Cone;

    /// <summary>∂loss/∂x′ before the kick, s/m.</summary>
    public Vector<float> ConeSpeed;

    /// <summary>∂loss/∂Σ g·q².</summary>
    public Vector<float> Stretch;

    /// <summary>∂loss/∂Σ D·g·q.</summary>
    public Vector<float> ConeStretch;

    /// <summary>∂loss/∂Σ C·g·q.</summary>
    public Vector<float> HeardStretch;

    /// <param name="s">The speakers.</param>
    /// <param name="sums">At the kick.</param>
    /// <param name="ampere">i before it.</param>
    /// <param name="after">∂loss/∂i after it, 1/A.</param>
    /// <param name="pushed">Σ D/m·∂loss/∂(q′ after it): by both halves' impulse, 1/(N·s).</param>
    /// <param name="stretched">−Σ g·q·∂loss/∂(q′ after it): by Σ g·q².</param>
    /// <param name="heardSpeed">∂loss/∂(Σ C·q′ between the halves): where a sample is read, s/m.</param>
    /// <param name="heardStretch">Σ C·g·q.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneKickAdjoint Of(
        in LaneSpeaker s, in LaneSums sums, Vector<float> ampere, Vector<float> after, Vector<float> pushed, Vector<float> stretched,
        Vector<float> heardSpeed, Vector<float> heardStretch)
    {
        LaneKick kick = LaneKick.Of(s, sums, ampere);
        Vector<float> forceFactor = s.ForceFactor + kick.ForceFactorChange;

        // The second half's impulse, then the back-EMF, then the first half's impulse, then the first half of the membrane term.
        Vector<float> second = s.HalfKickSeconds * pushed;
        Vector<float> dampere = Fma(kick.ForceFactorChange, second, after);
        Vector<float> dfactor = kick.Ampere * second;
        Vector<float> dspeed = s.MinusDrag * second;

        Vector<float> emf = s.MinusStepPerHenry * dampere;
        dfactor = Fma(kick.ConeSpeed, emf, dfactor);
        dspeed = Fma(forceFactor, emf, dspeed);

        Vector<float> first = s.HalfKickSeconds * Fma(s.SpeedPerNewtonSecond, dspeed, Fma(s.SpeedHeardPerNewtonSecond, heardSpeed, pushed));
        dampere = Fma(kick.ForceFactorChange, first, dampere);
        dfactor = Fma(ampere, first, dfactor);
        dspeed = Fma(s.MinusDrag, first, dspeed);

        Vector<float> half = Fma(sums.ConeStretch, dspeed, heardStretch * heardSpeed) * -0.5f;
        Vector<float> travelled = sums.Cone * s.PerTravelMetre * (sums.Cone * s.PerTravelMetre);
        Vector<float> dfactorPerCone = s.ForceFactorFall * s.PerTravelMetre * s.PerTravelMetre * sums.Cone * -2f;
        Vector<float> dpullPerCone = -Fma(s.StiffnessRise * 3f, travelled, s.Stiffness);
        return new LaneKickAdjoint
        {
            Ampere = dampere,
            Cone = Fma(dfactorPerCone, dfactor, dpullPerCone * (first + second)),
            ConeSpeed = dspeed,
            Stretch = stretched + half,
            ConeStretch = sums.Stretch * dspeed * -0.5f,
            HeardStretch = sums.Stretch * heardSpeed * -0.5f,
        };
    }
}
