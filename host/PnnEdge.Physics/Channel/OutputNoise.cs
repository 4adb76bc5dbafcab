namespace PnnEdge.Physics.Channel;

/// <summary>What one shot's reading differs by from the next, in front of a converter of volts.</summary>
public readonly record struct OutputNoise
{
    public static OutputNoise None => default;

    /// <summary>Additive, white, normal; V.</summary>
    public double VoltsRms { get; init; }

    /// <summary>One factor 1 + jitter per shot (ours: per shot, and near-normal within ±3.5 σ); 1.</summary>
    public double GainJitterRms { get; init; }
}
