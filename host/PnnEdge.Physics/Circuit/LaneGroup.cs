using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Circuit;

/// <summary>One hardware vector of shots: their circuits, their state, and RK4's working values.</summary>
/// <remarks>
/// The four stages are separate calls, so that the caller can run one stage of many groups before the next:
/// the groups' chains of operations then overlap. Stages work on memory; registers would not hold two groups.
/// </remarks>
internal struct LaneGroup
{
    public LaneCircuit Circuit;
    public Vector<float> Ampere;
    public Vector<float> Volts;

    private const float HalfStep = 0.5f;
    private const float OuterWeight = 1f / 6f;
    private const float InnerWeight = 1f / 3f;

    // 2¹⁴ steps in place of one: far more than the largest allowed drive needs.
    private const int MaxHalvings = 14;

    private Vector<float> _stageAmpere;
    private Vector<float> _stageVolts;
    private Vector<float> _sumAmpere;
    private Vector<float> _sumVolts;
    private Vector<float> _secondVolts;
    private Vector<float> _thirdVolts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage1(ref LaneGroup g, Vector<float> drive)
    {
        Slope(g, drive, g.Ampere, g.Volts, out Vector<float> di, out Vector<float> dv);
        g._sumAmpere = Fma(di, new Vector<float>(OuterWeight), g.Ampere);
        g._sumVolts = Fma(dv, new Vector<float>(OuterWeight), g.Volts);
        MoveTo(ref g, di * HalfStep, dv * HalfStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage2(ref LaneGroup g, Vector<float> drive)
    {
        g._secondVolts = g._stageVolts;
        Slope(g, drive, g._stageAmpere, g._stageVolts, out Vector<float> di, out Vector<float> dv);
        Collect(ref g, di, dv, InnerWeight);
        MoveTo(ref g, di * HalfStep, dv * HalfStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage3(ref LaneGroup g, Vector<float> drive)
    {
        g._thirdVolts = g._stageVolts;
        Slope(g, drive, g._stageAmpere, g._stageVolts, out Vector<float> di, out Vector<float> dv);
        Collect(ref g, di, dv, InnerWeight);
        MoveTo(ref g, di, dv);
    }

    /// <summary>The last stage; lanes that left their stable range go again in halves, quarters, …</summary>
    /// <remarks>Each lane's path depends on its own values only: a mask decides what is kept, never what is computed.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage4(ref LaneGroup g, Vector<float> drive)
    {
        Slope(g, drive, g._stageAmpere, g._stageVolts, out Vector<float> di, out Vector<float> dv);
        Collect(ref g, di, dv, OuterWeight);
        Vector<int> stable = LaneCircuit.Stable(g.Circuit, StagesOf(g));
        if (!Vector.EqualsAll(stable, Vector<int>.AllBitsSet))
        {
            Refine(ref g, drive, ~stable, 1);
        }

        g.Ampere = g._sumAmpere;
        g.Volts = g._sumVolts;
    }

    /// <summary>Where the law was evaluated; complete after <see cref="Stage3"/> and until the state moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StageVolts StagesOf(in LaneGroup g) => new(g.Volts, g._secondVolts, g._thirdVolts, g._stageVolts);

    /// <summary>One step of the lanes in need, refined where it must be; the others stay where they are.</summary>
    /// <param name="halvings">How often the group's step was halved already.</param>
    public static void StepOf(ref LaneGroup g, Vector<float> drive, Vector<int> needed, int halvings)
    {
        Stage1(ref g, drive);
        Stage2(ref g, drive);
        Stage3(ref g, drive);
        Slope(g, drive, g._stageAmpere, g._stageVolts, out Vector<float> di, out Vector<float> dv);
        Collect(ref g, di, dv, OuterWeight);
        Vector<int> missing = Vector.AndNot(needed, LaneCircuit.Stable(g.Circuit, StagesOf(g)));
        if (!Vector.EqualsAll(missing, Vector<int>.Zero))
        {
            Refine(ref g, drive, missing, halvings + 1);
        }

        // A lane that needs no refinement must not wander off its stable range here.
        g.Ampere = Vector.ConditionalSelect(needed, g._sumAmpere, g.Ampere);
        g.Volts = Vector.ConditionalSelect(needed, g._sumVolts, g.Volts);
    }

    // Replaces the sums of the lanes in need by two half steps.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refine(ref LaneGroup g, Vector<float> drive, Vector<int> needed, int halvings)
    {
        if (halvings > MaxHalvings)
        {
            throw new ArithmeticException(
                $"The circuit's step was halved {MaxHalvings} times and a shot still left its stable range; drive and parameters are beyond what the model can follow.");
        }

        LaneGroup fine = g;
        fine.Circuit = g.Circuit.Halved();
        StepOf(ref fine, drive, needed, halvings);
        StepOf(ref fine, drive, needed, halvings);
        g._sumAmpere = Vector.ConditionalSelect(needed, fine.Ampere, g._sumAmpere);
        g._sumVolts = Vector.ConditionalSelect(needed, fine.Volts, g._sumVolts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope(
        in LaneGroup g, Vector<float> drive, Vector<float> i, Vector<float> v, out Vector<float> di, out Vector<float> dv)
    {
        di = Fma(g.Circuit.NodeFactor, v, Fma(g.Circuit.MinusLoopOhm, i, drive)) * g.Circuit.StepOverHenry;
        dv = (Fma(g.Circuit.MinusLeakSiemens, v, i) - LaneCircuit.CurrentAmpere(g.Circuit, v)) * g.Circuit.StepOverFarad;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Collect(ref LaneGroup g, Vector<float> di, Vector<float> dv, float weight)
    {
        g._sumAmpere = Fma(di, new Vector<float>(weight), g._sumAmpere);
        g._sumVolts = Fma(dv, new Vector<float>(weight), g._sumVolts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveTo(ref LaneGroup g, Vector<float> di, Vector<float> dv)
    {
        g._stageAmpere = g.Ampere + di;
        g._stageVolts = g.Volts + dv;
    }
}
