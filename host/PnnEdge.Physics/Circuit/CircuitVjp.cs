using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.Circuit;

/// <summary>
/// The reverse of <see cref="CircuitForward"/>: the exact derivative of its discrete scheme, some shots side by side, one a
/// lane. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>Plays the shots forward once and keeps every step, then walks back through them; a shot's bits depend on nothing beside it.</remarks>
internal sealed class CircuitVjp
{
    private readonly LaneGroup[] _groups = new LaneGroup[CircuitForward.MaxGroups];
    private readonly LaneGroupAdjoint[] _adjoints = new LaneGroupAdjoint[CircuitForward.MaxGroups];
    private float[] _drive = [];
    private float[] _gradient = [];
    private LaneStep[] _steps = [];

    /// <returns>[sample, lane], V; to be filled before <see cref="Run"/>.</returns>
    public Span<float> Drive(int lanes, int samplesPerShot) => Reserved(ref _drive, lanes * samplesPerShot);

    /// <returns>[sample, lane], 1/V: ∂loss/∂node before <see cref="Run"/>, ∂loss/∂drive after it.</returns>
    public Span<float> Gradient(int lanes, int samplesPerShot) => Reserved(ref _gradient, lanes * samplesPerShot);

    /// <summary>The same circuit in every lane; shots begin at rest.</summary>
    public void Run(in LaneCircuit circuit, int lanes, int samplesPerShot)
    {
        Span<LaneGroup> groups = _groups.AsSpan(0, lanes / Vector<float>.Count);
        Span<LaneGroupAdjoint> adjoints = _adjoints.AsSpan(0, groups.Length);
        groups.Fill(new LaneGroup { Circuit = circuit });
        adjoints.Clear();
        Span<LaneStep> steps = Reserved(ref _steps, samplesPerShot * CircuitParameterRanges.StepsPerSample * groups.Length);
        ReadOnlySpan<Vector<float>> drive = MemoryMarshal.Cast<float, Vector<float>>(Drive(lanes, samplesPerShot));
        Span<Vector<float>> gradient = MemoryMarshal.Cast<float, Vector<float>>(Gradient(lanes, samplesPerShot));

        int stepsPerRow = CircuitParameterRanges.StepsPerSample * groups.Length;
        for (int sample = 0; sample < samplesPerShot; sample++)
        {
            Play(groups, drive.Slice(sample * groups.Length, groups.Length), steps.Slice(sample * stepsPerRow, stepsPerRow));
        }

        for (int sample = samplesPerShot - 1; sample >= 0; sample--)
        {
            int row = sample * groups.Length;
            WalkBack(
                adjoints, circuit, drive.Slice(row, groups.Length), steps.Slice(sample * stepsPerRow, stepsPerRow), gradient.Slice(row, groups.Length));
        }
    }

    private static void Play(Span<LaneGroup> groups, ReadOnlySpan<Vector<float>> drive, Span<LaneStep> steps)
    {
        for (int first = 0; first < steps.Length; first += groups.Length)
        {
            CircuitForward.Advance(groups, drive, steps.Slice(first, groups.Length));
        }
    }

    // A method of its own, as CircuitForward.Advance and for its reason.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WalkBack(
        Span<LaneGroupAdjoint> adjoints, in LaneCircuit circuit, ReadOnlySpan<Vector<float>> drive, ReadOnlySpan<LaneStep> steps, Span<Vector<float>> gradient)
    {
        for (int g = 0; g < adjoints.Length; g++)
        {
            LaneGroupAdjoint adjoint = adjoints[g];
            adjoint.Volts += gradient[g];
            adjoint.Drive = Vector<float>.Zero;
            for (int at = steps.Length - adjoints.Length + g; at >= 0; at -= adjoints.Length)
            {
                LaneGroupAdjoint.Back(ref adjoint, circuit, steps[at], drive[g]);
            }

            gradient[g] = adjoint.Drive;
            adjoints[g] = adjoint;
        }
    }

    private static Span<T> Reserved<T>(ref T[] memory, int count)
    {
        if (memory.Length < count)
        {
            memory = new T[count];
        }

        return memory.AsSpan(0, count);
    }
}
