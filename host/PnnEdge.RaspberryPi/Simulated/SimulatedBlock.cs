using PnnEdge.Physics;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>
/// One block of shots on a simulated bench. What the output chip really drives is kept sample by sample, and a reading is computed from that. A
/// block is computed ahead, from the words that are to be played: as long as the chip drives just those, a reading is looked up.
/// </summary>
internal sealed class SimulatedBlock
{
    private readonly IBenchPhysics _bench;
    private readonly ulong _firstShot;
    private readonly int _samplesPerShot;
    private readonly float[] _actuators;
    private readonly float[] _expected;
    private readonly float[] _driven;
    private readonly float[] _ahead;
    private readonly bool[] _isOther;

    /// <param name="expected">[shot, sample], V: what the words to be played ask for.</param>
    /// <param name="actuators">[actuator], V.</param>
    public SimulatedBlock(IBenchPhysics bench, ulong firstShot, int shots, float[] expected, float[] actuators)
    {
        (_bench, _firstShot, _samplesPerShot, _actuators, _expected) = (bench, firstShot, expected.Length / shots, actuators, expected);
        _driven = new float[expected.Length];
        _ahead = new float[expected.Length];
        _isOther = new bool[shots];
        bench.Run(firstShot, shots, _samplesPerShot, expected, actuators, _ahead);
    }

    /// <summary>Readings that had to be computed by themselves, because something else was driven.</summary>
    public int Recomputed { get; private set; }

    public int Samples => _driven.Length;

    /// <summary>From this sample on the output is at so many volts.</summary>
    public void Drive(int sample, float volts)
    {
        for (int i = sample; i < _driven.Length; i++) { _driven[i] = volts; }
    }

    /// <summary>What is at the input at the end of a sample, V.</summary>
    public float Node(int sample)
    {
        int shot = sample / _samplesPerShot, from = shot * _samplesPerShot;
        _isOther[shot] = _isOther[shot] || !_driven.AsSpan(from, sample - from + 1).SequenceEqual(_expected.AsSpan(from, sample - from + 1));
        if (!_isOther[shot]) { return _ahead[sample]; }
        Recomputed++;
        int samples = sample - from + 1;
        float[] node = new float[samples];
        _bench.Run(_firstShot + (ulong)shot, 1, samples, _driven.AsSpan(from, samples), _actuators, node);
        return node[^1];
    }
}
