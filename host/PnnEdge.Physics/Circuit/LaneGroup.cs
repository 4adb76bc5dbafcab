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
    private Vector<float> _least;
    private Vector<float> _most;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage1(ref LaneGroup g, Vector<float> drive)
    {
        Slope(g, drive, g.Ampere, g.Volts, out Vector<float> di, out Vector<float> dv);
        g._sumAmpere = Fma(di, new Vector<float>(OuterWeight), g.Ampere);
        g._sumVolts = Fma(dv, new Vector<float>(OuterWeight), g.Volts);
        g._least = g.Volts;
        g._most = g.Volts;
        MoveTo(ref g, di * HalfStep, dv * HalfStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage2(ref LaneGroup g, Vector<float> drive)
    {
        Slope(g, drive, g._stageAmpere, g._stageVolts, out Vector<float> di, out Vector<float> dv);
        Collect(ref g, di, dv, InnerWeight);
        MoveTo(ref g, di * HalfStep, dv * HalfStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stage3(ref LaneGroup g, Vector<float> drive)
    {
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
        Vector<int> stable = StableLanes(g);
        if (!Vector.EqualsAll(stable, Vector<int>.AllBitsSet))
        {
            Refine(ref g, drive, ~stable, 1);
        }

        g.Ampere = g._sumAmpere;
        g.Volts = g._sumVolts;
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
        for (int half = 0; half < 2; half++)
        {
            Stage1(ref fine, drive);
            Stage2(ref fine, drive);
            Stage3(ref fine, drive);
            Slope(fine, drive, fine._stageAmpere, fine._stageVolts, out Vector<float> di, out Vector<float> dv);
            Collect(ref fine, di, dv, OuterWeight);
            Vector<int> missing = Vector.AndNot(needed, StableLanes(fine));
            if (!Vector.EqualsAll(missing, Vector<int>.Zero))
            {
                Refine(ref fine, drive, missing, halvings + 1);
            }

            // A lane that needs no refinement stays where it is: it must not wander off its stable range here.
            fine.Ampere = Vector.ConditionalSelect(needed, fine._sumAmpere, fine.Ampere);
            fine.Volts = Vector.ConditionalSelect(needed, fine._sumVolts, fine.Volts);
        }

        g._sumAmpere = Vector.ConditionalSelect(needed, fine.Ampere, g._sumAmpere);
        g._sumVolts = Vector.ConditionalSelect(needed, fine.Volts, g._sumVolts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope(
        in LaneGroup g, Vector<float> drive, Vector<float> i, Vector<float> v, out Vector<float> di, out Vector<float> dv)
    {
        di = (Fma(g.Circuit.MinusLoopOhm, i, drive) - v) * g.Circuit.StepOverHenry;
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
        Vector<float> v = g.Volts + dv;
        g._stageAmpere = g.Ampere + di;
        g._stageVolts = v;

        // The newer v stands second: it hands its NaN on, and the comparison at the step's end refuses it.
        g._least = Vector.MinNative(g._least, v);
        g._most = Vector.MaxNative(g._most, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> StableLanes(in LaneGroup g) =>
        Vector.GreaterThanOrEqual(g._least, g.Circuit.LowestVolts) & Vector.LessThanOrEqual(g._most, g.Circuit.HighestVolts);
}
