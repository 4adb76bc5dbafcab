namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What one shot's reading differs by from the next; ours. White from bin to bin and from shot to shot.</summary>
public readonly record struct SecondHarmonicNoise
{
    public SecondHarmonicNoise()
    {
    }

    public static SecondHarmonicNoise Typical { get; } = new();

    public static SecondHarmonicNoise None { get; } = new() { PulseEnergyRms = 0, ShotVoltsRms = 0, ReadVoltsRms = 0 };

    /// <summary>One factor 1 + jitter per shot on the laser pulse's energy, of which a reading is the square; near-normal within ±3.5 σ; 1.</summary>
    public double PulseEnergyRms { get; init; } = 0.01;

    /// <summary>Of the light's own counting noise, at a reading of 1 V; it grows with the reading's root.</summary>
    public double ShotVoltsRms { get; init; } = 0.01;

    /// <summary>Of the spectrometer's electronics.</summary>
    public double ReadVoltsRms { get; init; } = 4e-3;
}
