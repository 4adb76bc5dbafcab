namespace PnnEdge.Physics.Oscillators;

public sealed record OscillatorBenchOptions : BenchOptions
{
    /// <summary>The equations alone. For oracles, and the original's example 1, which has nothing else.</summary>
    public static OscillatorBenchOptions Ideal { get; } = new()
    {
        Tolerances = OscillatorTolerances.None,
        Noise = OscillatorNoise.None,
        Drift = OscillatorDrift.None,
    };

    public OscillatorParameters Parameters { get; init; } = OscillatorParameters.Nominal;

    /// <summary>For the original's example 2, <see cref="OscillatorGap.ExampleTwo"/>.</summary>
    public OscillatorGap Gap { get; init; } = OscillatorGap.None;

    public OscillatorTolerances Tolerances { get; init; } = OscillatorTolerances.Typical;

    public OscillatorNoise Noise { get; init; } = OscillatorNoise.Typical;

    public OscillatorDrift Drift { get; init; } = OscillatorDrift.Typical;
}
