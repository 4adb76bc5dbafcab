using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Circuit;

/// <summary>One thread's share of a bench: conditions → physics → gain and offset → noise, for a few shots.</summary>
internal sealed class CircuitBenchWorker(OutputNoise noise, CircuitWeather weather)
{
    private readonly CircuitForward _forward = new();
    private readonly Readout _readout = new(noise);
    private readonly CircuitConditions[] _conditions = new CircuitConditions[CircuitForward.MaxShots];
    private readonly float[] _offsets = new float[CircuitForward.MaxShots];

    /// <param name="driveVolts">[shot, sample], V.</param>
    /// <param name="nodeVolts">[shot, sample], V; overwritten.</param>
    /// <returns>The circuit's state after the last shot.</returns>
    public CircuitState Run(
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        float biasVolts,
        CircuitState start,
        Span<float> nodeVolts)
    {
        int lanes = CircuitForward.LanesFor(shots);
        Span<float> samples = _forward.Samples(lanes, samplesPerShot);
        for (int lane = 0; lane < lanes; lane++)
        {
            // Lanes without a shot repeat the last one.
            int shot = Math.Min(lane, shots - 1);
            if (lane < shots)
            {
                _conditions[lane] = weather.At(firstShot + (ulong)lane);
            }

            _forward.Set(lane, _conditions[shot].Parameters, start);
            _offsets[shot] = biasVolts + (float)_conditions[shot].DriveOffsetVolts;
        }

        LaneRows.Spread(driveVolts, _offsets.AsSpan(0, shots), samplesPerShot, samples);
        _forward.Run(lanes, samplesPerShot);
        LaneRows.Gather(samples, samplesPerShot, nodeVolts);
        for (int shot = 0; shot < shots; shot++)
        {
            ulong logical = firstShot + (ulong)shot;
            _readout.Read(weather.ChanceAt(logical), logical, _conditions[shot].Read, nodeVolts.Slice(shot * samplesPerShot, samplesPerShot));
        }

        return _forward.StateOf(shots - 1);
    }
}
