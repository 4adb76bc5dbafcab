using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>What one shot differs by from the next; ours. <see cref="OscillatorGap"/> brings example 2's own.</summary>
public readonly record struct OscillatorNoise
{
    public OscillatorNoise()
    {
    }

    public static OscillatorNoise Typical { get; } = new();

    public static OscillatorNoise None { get; } = new() { AmplitudeRms = 0, Read = OutputNoise.None };

    /// <summary>White, on each initial amplitude, rad.</summary>
    public double AmplitudeRms { get; init; } = 1e-3;

    /// <summary>0.2 % of 1 rad on each amplitude read, 0.2 % on each shot's gain.</summary>
    public OutputNoise Read { get; init; } = new() { VoltsRms = 2e-3, GainJitterRms = 2e-3 };
}
