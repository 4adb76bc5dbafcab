using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.Plate;

/// <summary>
/// The reverse of <see cref="PlateForward"/>: the exact derivative of its discrete scheme, one hardware vector of shots side by
/// side. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>Plays the shots forward once and keeps every kick's values, then walks back through them; shots begin at rest.</remarks>
internal sealed class PlateVjp
{
    private readonly LaneTrajectory _trajectory = new();
    private readonly LanePlateAdjoint _adjoint = new();
    private float[] _drive = [];
    private float[] _gradient = [];

    public LanePlate Plate { get; } = new();

    /// <returns>[sample, lane], V; to be filled before <see cref="Run"/>.</returns>
    public Span<float> Drive(int samplesPerShot) => Reserved(ref _drive, samplesPerShot);

    /// <returns>[sample, lane], 1/V: ∂loss/∂node before <see cref="Run"/>, ∂loss/∂drive after it.</returns>
    public Span<float> Gradient(int samplesPerShot) => Reserved(ref _gradient, samplesPerShot);

    public void Run(int samplesPerShot, int stepsPerSample)
    {
        ReadOnlySpan<Vector<float>> drive = MemoryMarshal.Cast<float, Vector<float>>(Drive(samplesPerShot));
        Span<Vector<float>> gradient = MemoryMarshal.Cast<float, Vector<float>>(Gradient(samplesPerShot));
        _trajectory.Reserve(samplesPerShot * stepsPerSample);
        Plate.Rest();
        int kick = 0;
        foreach (Vector<float> sample in drive)
        {
            Vector<float> clipped = LaneSpeaker.Clipped(Plate.Speaker, sample);
            for (int step = 0; step < stepsPerSample; step++, kick++)
            {
                Plate.Advance(clipped);
                _trajectory.Keep(kick, Plate);
            }
        }

        _adjoint.Clear();
        for (int sample = samplesPerShot - 1; sample >= 0; sample--)
        {
            Vector<float> dnode = gradient[sample];
            Vector<float> dclipped = Vector<float>.Zero;
            for (int step = 0; step < stepsPerSample; step++)
            {
                LaneSums sums = _trajectory.Sums(--kick, out Vector<float> coilAmpere);
                dclipped += _adjoint.Back(Plate, _trajectory.Metre(kick), sums, coilAmpere, dnode);
                dnode = Vector<float>.Zero;
            }

            gradient[sample] = dclipped * LaneSpeaker.ClippedSlope(Plate.Speaker, drive[sample]);
        }
    }

    private static Span<float> Reserved(ref float[] memory, int samplesPerShot)
    {
        int count = samplesPerShot * Vector<float>.Count;
        if (memory.Length < count)
        {
            memory = new float[count];
        }

        return memory.AsSpan(0, count);
    }
}
