using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>Which unit stands on the bench, and what disturbs it. Every source can be switched off by its <c>None</c>.</summary>
public sealed record CircuitBenchOptions
{
    /// <summary>The equations alone: nominal parts, no noise, no drift, no fault. For oracles.</summary>
    public static CircuitBenchOptions Ideal { get; } = new()
    {
        Tolerances = CircuitTolerances.None,
        Noise = CircuitNoise.None,
        Drift = CircuitDrift.None,
    };

    public CircuitParameters Parameters { get; init; } = CircuitParameters.Nominal;

    /// <summary>With <see cref="Serial"/> and the logical shot index it fixes noise and drift.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fixes the unit's imperfections.</summary>
    public ulong Serial { get; init; } = 1;

    public CircuitTolerances Tolerances { get; init; } = CircuitTolerances.Typical;

    public OutputNoise Noise { get; init; } = CircuitNoise.Typical;

    public CircuitDrift Drift { get; init; } = CircuitDrift.Typical;

    /// <summary>Only faults whose place is the physics; converters, device and twin inject the others.</summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>How many threads compute a batch; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
