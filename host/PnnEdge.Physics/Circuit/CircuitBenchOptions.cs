using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

public sealed record CircuitBenchOptions : BenchOptions
{
    /// <summary>The equations alone: nominal parts, no noise, no drift, no fault. For oracles.</summary>
    public static CircuitBenchOptions Ideal { get; } = new()
    {
        Tolerances = CircuitTolerances.None,
        Noise = CircuitNoise.None,
        Drift = CircuitDrift.None,
    };

    public CircuitParameters Parameters { get; init; } = CircuitParameters.Nominal;

    /// <summary>Its one actuator; without the summing amplifier for it, as on a board that has no static output, there is none.</summary>
    public bool HasBias { get; init; } = true;

    public CircuitTolerances Tolerances { get; init; } = CircuitTolerances.Typical;

    public OutputNoise Noise { get; init; } = CircuitNoise.Typical;

    public CircuitDrift Drift { get; init; } = CircuitDrift.Typical;
}
