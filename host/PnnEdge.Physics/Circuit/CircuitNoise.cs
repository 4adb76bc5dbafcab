using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>What one shot's reading of the circuit differs by from the next.</summary>
public static class CircuitNoise
{
    /// <summary>10 mV rms on every sample, 0.5 % on every shot's gain.</summary>
    public static OutputNoise Typical { get; } = new() { VoltsRms = 10e-3, GainJitterRms = 5e-3 };

    public static OutputNoise None => OutputNoise.None;
}
