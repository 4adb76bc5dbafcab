using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

public sealed record PlateBenchOptions : BenchOptions
{
    /// <summary>The equations alone: nominal parts, no noise, no drift, no fault. For oracles.</summary>
    public static PlateBenchOptions Ideal { get; } = new()
    {
        Tolerances = PlateTolerances.None,
        Noise = PlateNoise.None,
        Drift = PlateDrift.None,
    };

    public PlateParameters Parameters { get; init; } = PlateParameters.Nominal;

    public PlateTolerances Tolerances { get; init; } = PlateTolerances.Typical;

    public OutputNoise Noise { get; init; } = PlateNoise.Typical;

    public PlateDrift Drift { get; init; } = PlateDrift.Typical;
}
