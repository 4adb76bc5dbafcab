using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>From the bins' light to what the converter sees: pulse energy → dark level → gain → offset → noise. An instance is one worker's scratch memory.</summary>
internal sealed class SpectrometerReadout(SecondHarmonicNoise noise)
{
    private readonly NormalNoise _normal = new();
    private readonly float[] _normals = new float[ShotLayout.Bins];

    /// <param name="bins">[bin], V; read and overwritten.</param>
    public void Read(ChanceSource chance, ulong shot, in SecondHarmonicConditions conditions, Span<float> bins)
    {
        double energy = conditions.PulseEnergy;
        if (noise.PulseEnergyRms > 0)
        {
            energy *= 1 + noise.PulseEnergyRms * chance.NearNormal(ChanceStream.PulseEnergy, shot, 0);
        }

        float light = (float)(energy * energy); // a reading is the square of the pump's energy
        float dark = (float)conditions.DarkVolts;
        float gain = (float)conditions.Read.Gain;
        float offset = (float)conditions.Read.OffsetVolts;
        float shotVariance = (float)(noise.ShotVoltsRms * noise.ShotVoltsRms);
        float readVariance = (float)(noise.ReadVoltsRms * noise.ReadVoltsRms);
        float perVolt = (float)conditions.Read.NoisePerVolt;
        bool noisy = shotVariance > 0 || readVariance > 0;
        if (noisy)
        {
            _normal.Fill(chance, ChanceStream.OutputNoise, shot, _normals);
        }

        for (int bin = 0; bin < bins.Length; bin++)
        {
            float signal = MathF.FusedMultiplyAdd(bins[bin], light, dark);
            float read = MathF.FusedMultiplyAdd(signal, gain, offset);
            float rms = MathF.Sqrt(MathF.FusedMultiplyAdd(shotVariance, signal, readVariance));
            rms *= MathF.FusedMultiplyAdd(MathF.Abs(read), perVolt, 1);
            bins[bin] = noisy ? MathF.FusedMultiplyAdd(_normals[bin], rms, read) : read;
        }
    }
}
