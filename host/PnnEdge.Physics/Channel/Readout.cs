namespace PnnEdge.Physics.Channel;

/// <summary>What stands between a node and its converter: gain·(1 + jitter) → offset → white noise. An instance is one worker's scratch memory.</summary>
internal sealed class Readout(OutputNoise noise)
{
    private readonly NormalNoise _normal = new();
    private float[] _normals = [];

    /// <param name="node">[sample], V; read and overwritten.</param>
    public void Read(ChanceSource chance, ulong shot, in ReadConditions conditions, Span<float> node)
    {
        double gain = conditions.Gain;
        if (noise.GainJitterRms > 0)
        {
            gain *= 1 + noise.GainJitterRms * chance.NearNormal(ChanceStream.GainJitter, shot, 0);
        }

        float gainNow = (float)gain;
        float offset = (float)conditions.OffsetVolts;
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
