using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>
/// What happens between two steps, in an order that reads the same backwards: half the membrane term, half the speaker's
/// force, the coil's back-EMF, the other halves. Displacements stand still meanwhile.
/// </summary>
/// <remarks>
/// The force is the part that the exact steps leave out: (Bl(x) − Bl(0))·i − Kms(x)·x − Rms·x′. Each half is exact for its
/// own drag. A shot's start is a kick too: from rest its first halves do nothing.
/// </remarks>
internal struct LaneKick
{
    /// <summary>(Bl(x) − Bl(0)), T·m.</summary>
    public Vector<float> ForceFactorChange;

    /// <summary>−Kms(x)·x, N.</summary>
    public Vector<float> PullBack;

    /// <summary>Impulse of the half that ends the step before, N·s.</summary>
    public Vector<float> FirstNewtonSecond;

    /// <summary>x′ between the halves, m/s.</summary>
    public Vector<float> ConeSpeed;

    /// <summary>i after the back-EMF, A.</summary>
    public Vector<float> Ampere;

    /// <summary>Both halves.</summary>
    public Vector<float> NewtonSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneKick Of(in LaneSpeaker s, in LaneSums sums, Vector<float> ampere)
    {
        LaneKick kick = default;
        Vector<float> part = sums.Cone * s.PerTravelMetre;
        Vector<float> travelled = part * part;
        kick.ForceFactorChange = -(s.ForceFactorFall * travelled);
        kick.PullBack = -(Fma(s.StiffnessRise, travelled, s.Stiffness) * sums.Cone);

        Vector<float> speed = Fma(sums.ConeStretch * -0.5f, sums.Stretch, sums.ConeSpeed);
        kick.FirstNewtonSecond = Impulse(s, kick, ampere, speed);
        kick.ConeSpeed = Fma(s.SpeedPerNewtonSecond, kick.FirstNewtonSecond, speed);
        kick.Ampere = Fma(s.MinusStepPerHenry * (s.ForceFactor + kick.ForceFactorChange), kick.ConeSpeed, ampere);
        kick.NewtonSecond = kick.FirstNewtonSecond + Impulse(s, kick, kick.Ampere, kick.ConeSpeed);
        return kick;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Impulse(in LaneSpeaker s, in LaneKick kick, Vector<float> ampere, Vector<float> speed) =>
        s.HalfKickSeconds * Fma(kick.ForceFactorChange, ampere, Fma(s.MinusDrag, speed, kick.PullBack));
}
