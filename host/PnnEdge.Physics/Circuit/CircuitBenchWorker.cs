using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>One thread's share of a bench: conditions → physics → gain and offset → noise, for a few shots.</summary>
internal sealed class CircuitBenchWorker(OutputNoise noise, ShotWeather weather)
{
    private readonly CircuitForward _forward = new();
    private readonly NormalNoise _normal = new();
    private readonly ShotConditions[] _conditions = new ShotConditions[CircuitForward.MaxShots];
    private float[] _normals = [];

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

            Read(firstShot + (ulong)shot, _conditions[shot], node);
        }

        return _forward.StateOf(shots - 1);
    }

    // gain·(1 + jitter) → offset → noise, in place.
    private void Read(ulong shot, in ShotConditions conditions, Span<float> node)
    {
        ChanceSource chance = weather.ChanceAt(shot);
        double gain = conditions.ReadGain;
        if (noise.GainJitterRms > 0)
        {
            gain *= 1 + noise.GainJitterRms * chance.NearNormal(ChanceStream.GainJitter, shot, 0);
        }

        float gainNow = (float)gain;
        float offset = (float)conditions.ReadOffsetVolts;
        if (noise.VoltsRms == 0)
        {
            for (int sample = 0; sample < node.Length; sample++)
            {
                node[sample] = MathF.FusedMultiplyAdd(node[sample], gainNow, offset);
            }

            return;
        }

        if (_normals.Length < node.Length)
        {
            _normals = new float[node.Length];
        }

        Span<float> normals = _normals.AsSpan(0, node.Length);
        _normal.Fill(chance, ChanceStream.OutputNoise, shot, normals);
        float rms = (float)noise.VoltsRms;
        float rmsPerVolt = (float)(noise.VoltsRms * conditions.NoisePerVolt);
        for (int sample = 0; sample < node.Length; sample++)
        {
            float read = MathF.FusedMultiplyAdd(node[sample], gainNow, offset);
            float rmsHere = MathF.FusedMultiplyAdd(MathF.Abs(read), rmsPerVolt, rms);
            node[sample] = MathF.FusedMultiplyAdd(normals[sample], rmsHere, read);
        }
    }
}
