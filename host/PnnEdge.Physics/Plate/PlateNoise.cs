using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>What one shot's reading of the microphone differs by from the next.</summary>
public static class PlateNoise
{
    /// <summary>−60 dB of 1 V on every sample; the gain does not jitter from shot to shot.</summary>
    public static OutputNoise Typical { get; } = new() { VoltsRms = 1e-3, GainJitterRms = 0 };

    public static OutputNoise None => OutputNoise.None;
}
