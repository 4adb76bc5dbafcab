using System.Numerics.Tensors;
using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>
/// The plate on a bench: a unit with its imperfections, drift, noise and faults. The drive is at the amplifier's input and
/// meant for ±1 V (ours); there are no actuators.
/// </summary>
public sealed class PlateBench : TiledBench
{
    /// <summary>|drive| that the scheme is tested with, V.</summary>
    public const float MaxDriveVolts = 2;

    private readonly FaultSchedule _faults;
    private readonly PlateBenchWorker[] _perWorker;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="ArgumentException">A fault that the plate cannot inject.</exception>
    public PlateBench(PlateBenchOptions options)
        : this(options, null)
    {
    }

    /// <param name="rig">The unit, where its modes are solved already.</param>
    internal PlateBench(PlateBenchOptions options, PlateRig? rig)
        : base("plate", actuatorCount: 0, options.Threads)
    {
        PlateParameterRanges.Require(options.Parameters);
        _faults = new FaultSchedule(Name, SupportedFaults, options.Faults);
        var weather = new PlateWeather(options, _faults, rig);
        _perWorker = [.. Enumerable.Range(0, options.Threads).Select(_ => new PlateBenchWorker(options.Noise, weather))];
    }

    /// <summary>
    /// <c>drift.step</c> changes every mode's frequency by its magnitude (0.1: by a tenth), as a mass stuck to the plate or a crack
    /// would. <c>drift.regime</c> slides the stem towards the edge, which moves each frequency by another factor
    /// (<see cref="PlateRegime"/>). <c>memory</c>: the plate still rings when a shot begins. <c>rig.swap</c> brings another unit with its own noise.
    /// </summary>
    public static IReadOnlyList<FaultKind> SupportedFaults { get; } =
    [
        FaultKind.DriftGain, FaultKind.DriftOffset, FaultKind.DriftStep, FaultKind.DriftRegime, FaultKind.Memory, FaultKind.NoiseHetero,
        FaultKind.TemperatureRamp, FaultKind.RigSwap,
    ];

    /// <summary>With the memory fault, as a plate that still rings.</summary>
    protected override bool RemembersShots => _faults.HasMemory;

    protected override int ShotsPerTile(int shots, int workers) => PlateForward.Lanes;

    protected override void RunShots(
        int worker,
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts) =>
        _perWorker[worker].Run(firstShot, shots, samplesPerShot, RemembersShots ? _faults.StateKept(firstShot) : 0, driveVolts, nodeVolts);

    protected internal override void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts)
    {
        float low = driveVolts.IsEmpty ? 0 : TensorPrimitives.Min(driveVolts);
        float high = driveVolts.IsEmpty ? 0 : TensorPrimitives.Max(driveVolts);
        if (!(low >= -MaxDriveVolts && high <= MaxDriveVolts))
        {
            throw new ArgumentOutOfRangeException(
                nameof(driveVolts), $"Asked the plate for a drive from {low} V to {high} V; the amplifier's input takes ±{MaxDriveVolts} V.");
        }
    }
}
