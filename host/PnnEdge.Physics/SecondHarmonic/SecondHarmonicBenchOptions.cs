namespace PnnEdge.Physics.SecondHarmonic;

public sealed record SecondHarmonicBenchOptions : BenchOptions
{
    /// <summary>The equations alone: nominal pixels, no noise, no drift, no fault. For oracles.</summary>
    public static SecondHarmonicBenchOptions Ideal { get; } = new()
    {
        Tolerances = SecondHarmonicTolerances.None,
        Noise = SecondHarmonicNoise.None,
        Drift = SecondHarmonicDrift.None,
    };

    public SecondHarmonicParameters Parameters { get; init; } = SecondHarmonicParameters.Nominal;

    public SecondHarmonicTolerances Tolerances { get; init; } = SecondHarmonicTolerances.Typical;

    public SecondHarmonicNoise Noise { get; init; } = SecondHarmonicNoise.Typical;

    public SecondHarmonicDrift Drift { get; init; } = SecondHarmonicDrift.Typical;
}
