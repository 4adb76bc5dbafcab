using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Circuit;

/// <summary>One step as it was taken: where it began and where the law was evaluated. One shot a lane.</summary>
/// <param name="Ampere">Of the feed at the step's start, A.</param>
/// <param name="Volts">v_C at its stages, V.</param>
internal readonly record struct LaneStep(Vector<float> Ampere, StageVolts Volts);

/// <summary>The loss's derivatives by one hardware vector of shots' states, carried backwards through <see cref="LaneGroup"/>'s steps.</summary>
/// <remarks>Exact for the discrete scheme: the transposed Jacobian of every stage, at the volts where that stage was evaluated.</remarks>
internal struct LaneGroupAdjoint
{
    /// <summary>∂loss/∂x of the feed, 1/A.</summary>
    public Vector<float> Ampere;

    /// <summary>∂loss/∂v_C, 1/V.</summary>
    public Vector<float> Volts;

    /// <summary>∂loss/∂u of the steps passed since it was last zero, 1/V.</summary>
    public Vector<float> Drive;

    private const float HalfStep = 0.5f;
    private const float OuterWeight = 1f / 6f;
    private const float InnerWeight = 1f / 3f;

    /// <summary>From the step's end to its start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Back(ref LaneGroupAdjoint a, in LaneCircuit c, in LaneStep step, Vector<float> drive)
    {
        LaneGroupAdjoint before = Through(a, c, step.Volts);
        Vector<int> stable = LaneCircuit.Stable(c, step.Volts);
        if (!Vector.EqualsAll(stable, Vector<int>.AllBitsSet))
        {
            LaneGroupAdjoint fine = ThroughHalves(a, c, step.Ampere, step.Volts.First, drive, ~stable, 1);
            before = Select(stable, before, fine);
        }

        a = before;
    }

    // Lanes not in need get any value.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LaneGroupAdjoint ThroughHalves(
        in LaneGroupAdjoint end, in LaneCircuit c, Vector<float> ampere, Vector<float> volts, Vector<float> drive, Vector<int> needed, int halvings)
    {
        var group = new LaneGroup { Circuit = c.Halved(), Ampere = ampere, Volts = volts };
        LaneGroup start = group;
        LaneGroup.StepOf(ref group, drive, needed, halvings);
        LaneGroupAdjoint middle = ThroughStep(end, group, drive, needed, halvings);
        return ThroughStep(middle, start, drive, needed, halvings);
    }

    private static LaneGroupAdjoint ThroughStep(in LaneGroupAdjoint end, LaneGroup from, Vector<float> drive, Vector<int> needed, int halvings)
    {
        LaneGroup.Stage1(ref from, drive);
        LaneGroup.Stage2(ref from, drive);
        LaneGroup.Stage3(ref from, drive);
        StageVolts volts = LaneGroup.StagesOf(from);
        LaneGroupAdjoint plain = Through(end, from.Circuit, volts);
        Vector<int> missing = Vector.AndNot(needed, LaneCircuit.Stable(from.Circuit, volts));
        return Vector.EqualsAll(missing, Vector<int>.Zero)
            ? plain
            : Select(missing, ThroughHalves(end, from.Circuit, from.Ampere, from.Volts, drive, missing, halvings + 1), plain);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneGroupAdjoint Through(in LaneGroupAdjoint end, in LaneCircuit c, StageVolts volts)
    {
        // The slopes k = h·f are the intermediates; x[n] is ∂loss/∂(state of stage n).
        Vector<float> ki = end.Ampere * OuterWeight;
        Vector<float> kv = end.Volts * OuterWeight;
        LaneGroupAdjoint start = end;
        start.Drive = Fma(c.StepOverHenry, end.Ampere, start.Drive);

        Transposed(c, volts.Fourth, ki, kv, out Vector<float> xi, out Vector<float> xv);
        Add(ref start, c, xi, xv, Vector<float>.One);

        ki = Fma(end.Ampere, new Vector<float>(InnerWeight), xi);
        kv = Fma(end.Volts, new Vector<float>(InnerWeight), xv);
        Transposed(c, volts.Third, ki, kv, out xi, out xv);
        Add(ref start, c, xi, xv, new Vector<float>(HalfStep));

        ki = Fma(end.Ampere, new Vector<float>(InnerWeight), xi * HalfStep);
        kv = Fma(end.Volts, new Vector<float>(InnerWeight), xv * HalfStep);
        Transposed(c, volts.Second, ki, kv, out xi, out xv);
        Add(ref start, c, xi, xv, new Vector<float>(HalfStep));

        ki = Fma(end.Ampere, new Vector<float>(OuterWeight), xi * HalfStep);
        kv = Fma(end.Volts, new Vector<float>(OuterWeight), xv * HalfStep);
        Transposed(c, volts.First, ki, kv, out xi, out xv);
        start.Ampere += xi;
        start.Volts += xv;
        return start;
    }

    // What a stage's state hands to the step's start and, through the slope before it, to the drive.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref LaneGroupAdjoint start, in LaneCircuit c, Vector<float> xi, Vector<float> xv, Vector<float> stepToStage)
    {
        start.Ampere += xi;
        start.Volts += xv;
        start.Drive = Fma(c.StepOverHenry, xi * stepToStage, start.Drive);
    }

    // (∂k/∂state)ᵀ·k at volts v, of the slopes of CircuitEquations times h.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transposed(
        in LaneCircuit c, Vector<float> v, Vector<float> ki, Vector<float> kv, out Vector<float> xi, out Vector<float> xv)
    {
        Vector<float> fromCurrent = ki * c.StepOverHenry;
        Vector<float> fromVolts = kv * c.StepOverFarad;
        xi = Fma(c.MinusLoopOhm, fromCurrent, fromVolts);
        xv = Fma(c.MinusLeakSiemens - LaneCircuit.ConductanceSiemens(c, v), fromVolts, c.NodeFactor * fromCurrent);
    }

    private static LaneGroupAdjoint Select(Vector<int> condition, in LaneGroupAdjoint left, in LaneGroupAdjoint right) => new()
    {
        Ampere = Vector.ConditionalSelect(condition, left.Ampere, right.Ampere),
        Volts = Vector.ConditionalSelect(condition, left.Volts, right.Volts),
        Drive = Vector.ConditionalSelect(condition, left.Drive, right.Drive),
    };
}
