using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Converters;

namespace PnnEdge.Cli.Composition;

/// <summary>One physical system as a virtual bench: all that a further one adds to the command (see <see cref="BenchSystems"/>).</summary>
/// <param name="Name">As typed, and as experiments name it.</param>
/// <param name="SampleRateHz">Of its equations and of its board's converters.</param>
/// <param name="Board">By unit serial.</param>
/// <param name="Faults">That its physics can inject; converters and device inject theirs on every bench.</param>
/// <param name="Unit">The unit asked for, with its noise and drift and with faults of its physics.</param>
/// <param name="Model">Its equations at nominal constants, differentiable; null for a bench without equations.</param>
public sealed record BenchSystem(
    string Name,
    double SampleRateHz,
    Func<uint, Board> Board,
    IReadOnlyList<FaultKind> Faults,
    Func<BenchRequest, IReadOnlyList<NamedFault>, IBenchPhysics> Unit,
    Func<IPhysicsModel>? Model)
{
    private const int ProbeSamples = 64;

    /// <summary>The same unit without noise, drift and faults: the truth that a twin is held against.</summary>
    public IBenchPhysics Truth(BenchRequest request) => Unit(request with { NoNoise = true, NoDrift = true }, []);

    /// <summary>The system in whose experiments it may stand: itself, or one of the same shape.</summary>
    public string ExperimentsOf { get; init; } = Name;

    /// <summary>As <see cref="Unit"/>, behind another board's converters: the same, unless the unit is what converters are measured on.</summary>
    public Func<Board, Func<BenchRequest, IReadOnlyList<NamedFault>, IBenchPhysics>> UnitBehind { get; init; } = _ => Unit;

    /// <summary>What is not exact about its board's converters; exact ones unless a system says otherwise.</summary>
    public Func<BenchRequest, ConverterUnit> Converters { get; init; } = _ => ConverterUnit.Exact;

    /// <summary>A wire stands in the place of physics.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>What days do to it, with room: what another unit does is more.</summary>
    public AllowedDrift AllowedDrift { get; init; } = AllowedDrift.Usual;

    /// <summary>Of the shots that calibrate it and know it again.</summary>
    public ShotShape ProbeShot { get; init; } = ShotShape.Throughout(ProbeSamples);

    /// <summary>Static outputs of its board that it has no place for: nothing is wrong where they move nothing.</summary>
    public IReadOnlyList<string> UnusedOutputs { get; init; } = [];

    /// <summary>What one shot takes however fast its converters are, s: a slow part of the system itself.</summary>
    public double LeastShotSeconds { get; init; }

    /// <summary>What one shot costs its source, J, from its drive [sample], V, and its actuators [actuator], V; null where the model has no current.</summary>
    public Func<float[], float[], double>? Joule { get; init; }
}
