using System.Numerics.Tensors;
using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>
/// The circuit with its transistor on a bench, behind a choke or a ladder: a unit with its imperfections, drift, noise and faults. Its one actuator
/// is a bias in volts, where it has one: a summing amplifier adds it to the drive (ours: it sets the operating point); a ladder's ends at a free terminal.
/// </summary>
public sealed class CircuitBench : TiledBench
{
    /// <summary>|drive + bias| that the integrator is tested with, V; the circuit is meant for ±3 V.</summary>
    public const float MaxDriveVolts = 20;

    private readonly FaultSchedule _faults;
    private readonly float _biasShare;
    private readonly CircuitBenchWorker[] _perWorker;
    private CircuitState _lastState;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="ArgumentException">A fault that the circuit cannot inject.</exception>
    public CircuitBench(CircuitBenchOptions options)
        : base(options.Parameters.SystemName, actuatorCount: options.HasBias ? 1 : 0, options.Threads)
    {
        _biasShare = BiasShare(CircuitParameterRanges.Require(options.Parameters));
        _faults = new FaultSchedule(Name, SupportedFaults, options.Faults);
        var weather = new CircuitWeather(options, _faults);
        _perWorker = [.. Enumerable.Range(0, options.Threads).Select(_ => new CircuitBenchWorker(options.Noise, weather))];
    }

    /// <summary>
    /// <c>drift.step</c> is added to Vth, in V. <c>drift.regime</c> is another transistor and capacitor (<see cref="CircuitRegime"/>).
    /// <c>memory</c>: a shot begins with that part of the state that the one before it left. <c>rig.swap</c> brings another unit
    /// with its own noise.
    /// </summary>
    public static IReadOnlyList<FaultKind> SupportedFaults { get; } =
    [
        FaultKind.DriftGain, FaultKind.DriftOffset, FaultKind.DriftStep, FaultKind.DriftRegime, FaultKind.Memory, FaultKind.NoiseHetero,
        FaultKind.TemperatureRamp, FaultKind.RigSwap,
    ];

    /// <summary>With the memory fault, as a circuit without dead time would.</summary>
    protected override bool RemembersShots => _faults.HasMemory;

    protected override int ShotsPerTile(int shots, int workers) => CircuitForward.ShotsPerCall(shots, workers);

    protected override void RunShots(
        int worker,
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts)
    {
        CircuitState start = default;
        if (RemembersShots)
        {
            double kept = _faults.StateKept(firstShot);
            start = new CircuitState(kept * _lastState.FeedAmpere, kept * _lastState.NodeVolts);
        }

        CircuitState last = _perWorker[worker].Run(firstShot, shots, samplesPerShot, driveVolts, AddedVolts(actuatorVolts), start, nodeVolts);
        if (RemembersShots)
        {
            _lastState = last;
        }
    }

    /// <summary>How much of the bias the drive gets, 1.</summary>
    internal static float BiasShare(in CircuitParameters parameters) => parameters.IsLadder ? 0 : 1;

    private float AddedVolts(ReadOnlySpan<float> actuatorVolts) => actuatorVolts.IsEmpty ? 0 : _biasShare * actuatorVolts[0]; // NaN stays NaN

    protected internal override void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts)
    {
        float biasVolts = AddedVolts(actuatorVolts);
        float low = driveVolts.IsEmpty ? 0 : TensorPrimitives.Min(driveVolts);
        float high = driveVolts.IsEmpty ? 0 : TensorPrimitives.Max(driveVolts);
        if (!(low + biasVolts >= -MaxDriveVolts && high + biasVolts <= MaxDriveVolts))
        {
            throw new ArgumentOutOfRangeException(
                nameof(driveVolts), $"Asked the {Name} for a drive from {low} V to {high} V with a bias of {biasVolts} V; their sum may reach ±{MaxDriveVolts} V.");
        }
    }
}
