namespace PnnEdge.Physics.Channel;

/// <summary>What one shot's reading differs by from the next: 10 mV rms on every sample, 0.5 % on every shot's gain.</summary>
public readonly record struct OutputNoise
{
    public OutputNoise()
    {
    }

    public static OutputNoise Typical { get; } = new();

    public static OutputNoise None { get; } = new() { VoltsRms = 0, GainJitterRms = 0 };

    /// <summary>Additive, white, normal; V.</summary>
    public double VoltsRms { get; init; } = 10e-3;

    /// <summary>One factor 1 + jitter per shot (ours: per shot, and near-normal within ±3.5 σ); 1.</summary>
    public double GainJitterRms { get; init; } = 5e-3;
}
