using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>Which unit stands on the bench, and what disturbs it. Every source can be switched off by its <c>None</c>.</summary>
public sealed record PlateBenchOptions
{
    /// <summary>The equations alone: nominal parts, no noise, no drift, no fault. For oracles.</summary>
    public static PlateBenchOptions Ideal { get; } = new()
    {
        Tolerances = PlateTolerances.None,
        Noise = PlateNoise.None,
        Drift = PlateDrift.None,
    };

    public PlateParameters Parameters { get; init; } = PlateParameters.Nominal;

    /// <summary>With <see cref="Serial"/> and the logical shot index it fixes noise and drift.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fixes the unit's imperfections.</summary>
    public ulong Serial { get; init; } = 1;

    public PlateTolerances Tolerances { get; init; } = PlateTolerances.Typical;

    public OutputNoise Noise { get; init; } = PlateNoise.Typical;

    public PlateDrift Drift { get; init; } = PlateDrift.Typical;

    /// <summary>Only <see cref="PlateBench.SupportedFaults"/>; converters, device and twin inject the others.</summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>How many threads compute a batch; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
