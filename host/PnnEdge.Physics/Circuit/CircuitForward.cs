using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.Circuit;

/// <summary>
/// The circuit in single precision, some shots side by side, one a lane; <see cref="CircuitReference"/> is its clean
/// version. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// Whole hardware vectors are computed, never a scalar rest, and every lane is on its own: a shot's bits do not depend
/// on what stands beside it, nor on the vector's width.
/// </remarks>
public sealed class CircuitForward
{
    // Four chains in flight hide most of one chain's latency; more gave nothing.
    internal const int MaxGroups = 4;

    private readonly LaneGroup[] _groups = new LaneGroup[MaxGroups];
    private float[] _samples = [];

    /// <summary>How many shots one call takes at most.</summary>
    public static int MaxShots => MaxGroups * Vector<float>.Count;

    /// <summary>How many of a batch's shots to take per call so that every worker gets some, in whole hardware vectors.</summary>
    internal static int ShotsPerCall(int shots, int workers) => Math.Min(MaxShots, LanesFor((shots + workers - 1) / workers));

    /// <summary>Lanes that <paramref name="shots"/> shots occupy: whole hardware vectors.</summary>
    public static int LanesFor(int shots) => (shots + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <returns>[sample, lane], V: the drive before <see cref="Run"/>, v_C at the end of each sample after it.</returns>
    public Span<float> Samples(int lanes, int samplesPerShot)
    {
        int count = lanes * samplesPerShot;
        if (_samples.Length < count)
        {
            _samples = new float[count];
        }

        return _samples.AsSpan(0, count);
    }

    /// <summary>Puts a shot's circuit and its state before the first sample into a lane.</summary>
    public void Set(int lane, in CircuitParameters parameters, CircuitState start)
    {
        ref LaneGroup group = ref _groups[lane / Vector<float>.Count];
        int at = lane % Vector<float>.Count;
        group.Circuit.Set(at, parameters);
        group.Ampere = group.Ampere.WithElement(at, (float)start.FeedAmpere);
        group.Volts = group.Volts.WithElement(at, (float)start.NodeVolts);
    }

    public CircuitState StateOf(int lane)
    {
        ref LaneGroup group = ref _groups[lane / Vector<float>.Count];
        int at = lane % Vector<float>.Count;
        return new CircuitState(group.Ampere[at], group.Volts[at]);
    }

    public void Run(int lanes, int samplesPerShot)
    {
        Span<LaneGroup> groups = _groups.AsSpan(0, lanes / Vector<float>.Count);
        Span<Vector<float>> samples = MemoryMarshal.Cast<float, Vector<float>>(Samples(lanes, samplesPerShot));
        for (int sample = 0; sample < samplesPerShot; sample++)
        {
            Span<Vector<float>> row = samples.Slice(sample * groups.Length, groups.Length);
            for (int step = 0; step < CircuitParameterRanges.StepsPerSample; step++)
            {
                Advance(groups, row, []);
            }

            for (int g = 0; g < groups.Length; g++)
            {
                row[g] = groups[g].Volts;
            }
        }
    }

    // A method of its own: the compiler spends its budget for inlining before the end where its caller takes it in, and
    // the stages that it leaves out then make whole batches half as fast.
    /// <param name="taken">[group], the step that each group took; overwritten. Empty where nobody asks.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Advance(Span<LaneGroup> groups, ReadOnlySpan<Vector<float>> drive, Span<LaneStep> taken)
    {
        for (int g = 0; g < groups.Length; g++)
        {
            LaneGroup.Stage1(ref groups[g], drive[g]);
        }

        for (int g = 0; g < groups.Length; g++)
        {
            LaneGroup.Stage2(ref groups[g], drive[g]);
        }

        for (int g = 0; g < groups.Length; g++)
        {
            LaneGroup.Stage3(ref groups[g], drive[g]);
        }

        for (int g = 0; g < taken.Length; g++)
        {
            taken[g] = new LaneStep(groups[g].Ampere, LaneGroup.StagesOf(groups[g]));
        }

        for (int g = 0; g < groups.Length; g++)
        {
            LaneGroup.Stage4(ref groups[g], drive[g]);
        }
    }
}
