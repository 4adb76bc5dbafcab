using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Circuit;

/// <summary>One circuit per lane: the constants of <see cref="CircuitEquations"/> and of the law in single precision.</summary>
/// <remarks>
/// The law takes one exponential where the equation has three. The body diode (below about 0.7 V) and the channel
/// (above) are never both larger than rounding: where their exponents meet, at e^{−Vth/(n_d·Vt + 2nVt)}, the smaller
/// one adds 1e-18 A with the default parameters. The reversed channel term is always below the diode's
/// rounding. A test holds this law against <see cref="CircuitLaw"/>.
/// </remarks>
internal struct LaneCircuit
{
    public Vector<float> MinusLoopOhm;
    public Vector<float> NodeFactor;
    public Vector<float> MinusLeakSiemens;
    public Vector<float> StepOverHenry;
    public Vector<float> StepOverFarad;
    public Vector<float> ThresholdVolts;
    public Vector<float> ChannelOctavesPerVolt; // log2(e)/(2nVt)
    public Vector<float> MinusDiodeOctavesPerVolt; // −log2(e)/(n_d·Vt)
    public Vector<float> ChannelScaleAmpere; // 2nβVt²
    public Vector<float> SaturationAmpere;

    // Where a step of this size is stable.
    public Vector<float> LowestVolts;
    public Vector<float> HighestVolts;

    // n_d·Vt·ln 2: how much lower the diode may be driven for each halving of the step.
    public Vector<float> LowerPerHalving;

    private const float Ln2 = 0.693147181f;

    /// <summary>Puts one circuit into a lane; <paramref name="p"/> is within <see cref="CircuitParameterRanges"/>.</summary>
    public void Set(int lane, in CircuitParameters p)
    {
        var equations = CircuitEquations.Of(p);
        double step = CircuitParameterRanges.FullStepSeconds(p);
        double diodeVolts = p.DiodeEmissionFactor * p.ThermalVolts;
        double twoSlopeVolts = 2 * p.SlopeFactor * p.ThermalVolts;
        double ln2 = Math.Log(2);
        double stiffestSiemens = CircuitParameterRanges.MaxStiffness * p.CapacitanceFarad / step;

        Set(ref MinusLoopOhm, lane, -equations.Ohm);
        Set(ref NodeFactor, lane, equations.NodeFactor);
        Set(ref MinusLeakSiemens, lane, -equations.LeakSiemens);
        Set(ref StepOverHenry, lane, step / equations.Henry);
        Set(ref StepOverFarad, lane, step / equations.Farad);
        Set(ref ThresholdVolts, lane, p.ThresholdVolts);
        Set(ref ChannelOctavesPerVolt, lane, 1 / (ln2 * twoSlopeVolts));
        Set(ref MinusDiodeOctavesPerVolt, lane, -1 / (ln2 * diodeVolts));
        Set(ref ChannelScaleAmpere, lane, CircuitLaw.ChannelScaleAmpere(p));
        Set(ref SaturationAmpere, lane, p.SaturationAmpere);

        // The diode's conductance is Is·e^{−v/(n_d·Vt)}/(n_d·Vt); the channel's is below its strong-inversion line,
        // 2nβVt²·softplus(a)/(nVt), and softplus(a) ≤ a + ln 2 for a ≥ 0.
        Set(ref LowestVolts, lane, -diodeVolts * Math.Log(stiffestSiemens * diodeVolts / p.SaturationAmpere));
        Set(ref HighestVolts, lane, p.ThresholdVolts + twoSlopeVolts * (CircuitParameterRanges.LargestStableSoftplus(p) - ln2));
        Set(ref LowerPerHalving, lane, diodeVolts * ln2);
    }

    /// <summary>Puts one circuit into every lane.</summary>
    public void SetAll(in CircuitParameters p)
    {
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            Set(lane, p);
        }
    }

    /// <summary>The same circuits at half the step.</summary>
    public readonly LaneCircuit Halved()
    {
        LaneCircuit half = this;
        half.StepOverHenry *= 0.5f;
        half.StepOverFarad *= 0.5f;
        half.LowestVolts -= LowerPerHalving;
        half.HighestVolts += HighestVolts - ThresholdVolts;
        return half;
    }

    /// <summary>I_D(v), A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> CurrentAmpere(in LaneCircuit c, Vector<float> v)
    {
        Vector<float> e = Exponential(c, v, out Vector<float> channel, out Vector<int> diodeLeads);
        Vector<float> softplus = Softplus(channel, e);
        Vector<float> current = Vector.ConditionalSelect(diodeLeads, -(c.SaturationAmpere * e), c.ChannelScaleAmpere * softplus * softplus);
        return current + c.SaturationAmpere;
    }

    /// <summary>dI_D/dv, S.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ConductanceSiemens(in LaneCircuit c, Vector<float> v)
    {
        Vector<float> e = Exponential(c, v, out Vector<float> channel, out Vector<int> diodeLeads);
        Vector<float> one = Vector<float>.One;
        Vector<float> logistic = Vector.ConditionalSelect(Vector.GreaterThan(channel, Vector<float>.Zero), one, e) / (one + e);

        // ln 2 · octaves/V is 1/V.
        Vector<float> diode = c.SaturationAmpere * e * c.MinusDiodeOctavesPerVolt * -Ln2;
        Vector<float> strong = c.ChannelScaleAmpere * Softplus(channel, e) * logistic * c.ChannelOctavesPerVolt * (2 * Ln2);
        return Vector.ConditionalSelect(diodeLeads, diode, strong);
    }

    /// <summary>All bits set where a step through these volts is stable; NaN is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Stable(in LaneCircuit c, StageVolts v)
    {
        // The later v stands second and hands its NaN on, which the comparison refuses.
        Vector<float> least = Vector.MinNative(Vector.MinNative(Vector.MinNative(v.First, v.Second), v.Third), v.Fourth);
        Vector<float> most = Vector.MaxNative(Vector.MaxNative(Vector.MaxNative(v.First, v.Second), v.Third), v.Fourth);
        return Vector.GreaterThanOrEqual(least, c.LowestVolts) & Vector.LessThanOrEqual(most, c.HighestVolts);
    }

    // e^x of the diode's exponent where it leads, e^−|x| of the channel's elsewhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exponential(in LaneCircuit c, Vector<float> v, out Vector<float> channel, out Vector<int> diodeLeads)
    {
        channel = (v - c.ThresholdVolts) * c.ChannelOctavesPerVolt;
        Vector<float> diode = v * c.MinusDiodeOctavesPerVolt;
        diodeLeads = Vector.GreaterThan(diode, channel);
        Vector<float> exponent = Vector.ConditionalSelect(diodeLeads, diode, -Vector.Abs(channel));

        // Clamped only in a step that is about to be refused: keeps 2^x finite.
        return Exp2(Vector.MaxNative(Vector.MinNative(exponent, new Vector<float>(126f)), new Vector<float>(-126f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Softplus(Vector<float> octaves, Vector<float> e) =>
        Fma(Vector.MaxNative(octaves, Vector<float>.Zero), new Vector<float>(Ln2), LogOnePlus(e));

    private static void Set(ref Vector<float> lanes, int lane, double value) => lanes = lanes.WithElement(lane, (float)value);
}
