using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>One thread's share of a bench: conditions → physics → gain and offset → noise, for a few shots.</summary>
internal sealed class CircuitBenchWorker(OutputNoise noise, ShotWeather weather)
{
    private readonly CircuitForward _forward = new();
    private readonly Readout _readout = new(noise);
    private readonly ShotConditions[] _conditions = new ShotConditions[CircuitForward.MaxShots];

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
            float offset = biasVolts + (float)_conditions[shot].DriveOffsetVolts;
            ReadOnlySpan<float> drive = driveVolts.Slice(shot * samplesPerShot, samplesPerShot);
            for (int sample = 0; sample < drive.Length; sample++)
            {
                samples[sample * lanes + lane] = drive[sample] + offset;
            }
        }

        _forward.Run(lanes, samplesPerShot);
        for (int shot = 0; shot < shots; shot++)
        {
            Span<float> node = nodeVolts.Slice(shot * samplesPerShot, samplesPerShot);
            for (int sample = 0; sample < node.Length; sample++)
            {
                node[sample] = samples[sample * lanes + shot];
            }

            ulong logical = firstShot + (ulong)shot;
            _readout.Read(
                weather.ChanceAt(logical), logical, _conditions[shot].ReadGain, _conditions[shot].ReadOffsetVolts, _conditions[shot].NoisePerVolt, node);
        }

        return _forward.StateOf(shots - 1);
    }
}
