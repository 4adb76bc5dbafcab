using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Loopback;

/// <summary>A loopback plug with a buffer amplifier; all figures ours, as small ones of common parts are.</summary>
public sealed record LoopbackBenchOptions : BenchOptions
{
    /// <summary>An exact wire: no noise, no drift.</summary>
    public static LoopbackBenchOptions Ideal { get; } = new() { GainTolerance = 0, OffsetToleranceVolts = 0, Noise = OutputNoise.None, GainDriftRms = 0, OffsetDriftVoltsRms = 0 };

    /// <summary>About one step of a 12-bit ±10 V converter, which spreads every level over several codes.</summary>
    public static OutputNoise TypicalNoise { get; } = new() { VoltsRms = 5e-3 };

    /// <summary>Of units' gain, uniform within ±, 1.</summary>
    public double GainTolerance { get; init; } = 2e-3;

    /// <summary>Of units' offset, uniform within ±, V.</summary>
    public double OffsetToleranceVolts { get; init; } = 5e-3;

    public OutputNoise Noise { get; init; } = TypicalNoise;

    public double GainDriftRms { get; init; } = 2e-4;

    public double OffsetDriftVoltsRms { get; init; } = 2e-3;

    /// <summary>Correlation length of both drifts, shots.</summary>
    public ulong ShotsPerKnot { get; init; } = 20_000;
}
