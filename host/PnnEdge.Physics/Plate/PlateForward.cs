using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.Plate;

/// <summary>
/// The plate in single precision, one hardware vector of shots side by side, one a lane; <see cref="PlateReference"/> is its
/// clean version. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// Strang's splitting: exact steps of the damped oscillators under the coil's pull, kicks between them (<see cref="LaneKick"/>).
/// Every lane is on its own, so a shot's bits do not depend on what stands beside it, nor on the vector's width.
/// </remarks>
internal sealed class PlateForward
{
    private float[] _samples = [];

    public LanePlate Plate { get; } = new();

    /// <summary>How many shots one call takes.</summary>
    public static int Lanes => Vector<float>.Count;

    /// <returns>[sample, lane], V: the drive before <see cref="Run"/>, the microphone at the end of each sample after it.</returns>
    public Span<float> Samples(int samplesPerShot)
    {
        if (_samples.Length < samplesPerShot * Lanes)
        {
            _samples = new float[samplesPerShot * Lanes];
        }

        return _samples.AsSpan(0, samplesPerShot * Lanes);
    }

    /// <summary>Plays all lanes from the state that <see cref="Plate"/> has.</summary>
    public void Run(int samplesPerShot, int stepsPerSample)
    {
        foreach (ref Vector<float> sample in MemoryMarshal.Cast<float, Vector<float>>(Samples(samplesPerShot)))
        {
            Vector<float> clipped = LaneSpeaker.Clipped(Plate.Speaker, sample);
            for (int step = 0; step < stepsPerSample; step++)
            {
                Plate.Advance(clipped);
            }

            sample = Plate.NodeVolts();
        }
    }
}
