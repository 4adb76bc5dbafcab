using System.Numerics.Tensors;

namespace PnnEdge.Physics.Circuit;

/// <summary>
/// The RLC + transistor circuit on a bench: a unit with its imperfections, drift, noise and faults. Its one actuator
/// is a bias in volts, added to the drive by a summing amplifier (ours: it sets the operating point).
/// </summary>
public sealed class CircuitBench : IBenchPhysics
{
    /// <summary>|drive + bias| that the integrator is tested with, V; the circuit is meant for ±3 V.</summary>
    public const float MaxDriveVolts = 20;

    private readonly CircuitBenchOptions _options;
    private readonly CircuitFaults _faults;
    private readonly ShotWeather _weather;
    private readonly TileWorkers _workers;
    private readonly CircuitBenchWorker[] _perWorker;
    private readonly Lock _oneCaller = new();

    private float[] _drive = [];
    private float[] _node = [];
    private ulong _firstShot;
    private int _shots;
    private int _shotsPerTile;
    private int _samplesPerShot;
    private float _biasVolts;
    private CircuitState _lastState;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="ArgumentException">A fault that the circuit cannot inject.</exception>
    public CircuitBench(CircuitBenchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        CircuitParameterRanges.Require(options.Parameters);
        _options = options;
        _faults = new CircuitFaults(options.Faults);
        _weather = new ShotWeather(options, _faults);
        _workers = new TileWorkers(options.Threads, RunTile);
        _perWorker = new CircuitBenchWorker[options.Threads];
        for (int n = 0; n < _perWorker.Length; n++)
        {
            _perWorker[n] = new CircuitBenchWorker(_options.Noise, _weather);
        }
    }

    public string Name => "circuit";

    /// <summary>The bias.</summary>
    public int ActuatorCount => 1;

    public void Run(
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, nodeVolts.Length);
        RequireReachable(driveVolts, actuatorVolts[0]);
        if (shots == 0)
        {
            return;
        }

        lock (_oneCaller)
        {
            // Spans cannot cross threads; these copies can.
            int values = driveVolts.Length;
            if (_drive.Length < values)
            {
                _drive = new float[values];
                _node = new float[values];
            }

            driveVolts.CopyTo(_drive);
            _firstShot = firstShot;
            _shots = shots;
            _samplesPerShot = samplesPerShot;
            _biasVolts = actuatorVolts[0];
            if (_faults.HasMemory)
            {
                RunInOrder();
            }
            else
            {
                _shotsPerTile = CircuitForward.ShotsPerCall(shots, _workers.Count);
                _workers.Run((shots + _shotsPerTile - 1) / _shotsPerTile);
            }

            _node.AsSpan(0, values).CopyTo(nodeVolts);
        }
    }

    private void RunTile(int worker, int tile)
    {
        int first = tile * _shotsPerTile;
        int count = Math.Min(_shotsPerTile, _shots - first);
        int at = first * _samplesPerShot;
        int length = count * _samplesPerShot;
        _perWorker[worker].Run(
            _firstShot + (ulong)first, count, _samplesPerShot, _drive.AsSpan(at, length), _biasVolts, default, _node.AsSpan(at, length));
    }

    // The memory fault: one shot after the other, in the order of the calls, as a circuit without dead time would.
    private void RunInOrder()
    {
        for (int n = 0; n < _shots; n++)
        {
            ulong shot = _firstShot + (ulong)n;
            double kept = _faults.StateKept(shot);
            int at = n * _samplesPerShot;
            _lastState = _perWorker[0].Run(
                shot,
                1,
                _samplesPerShot,
                _drive.AsSpan(at, _samplesPerShot),
                _biasVolts,
                new CircuitState(kept * _lastState.InductorAmpere, kept * _lastState.NodeVolts),
                _node.AsSpan(at, _samplesPerShot));
        }
    }

    private static void RequireReachable(ReadOnlySpan<float> driveVolts, float biasVolts)
    {
        float low = driveVolts.IsEmpty ? 0 : TensorPrimitives.Min(driveVolts);
        float high = driveVolts.IsEmpty ? 0 : TensorPrimitives.Max(driveVolts);
        if (!(low + biasVolts >= -MaxDriveVolts && high + biasVolts <= MaxDriveVolts))
        {
            throw new ArgumentOutOfRangeException(
                nameof(driveVolts), $"Asked the circuit for a drive from {low} V to {high} V with a bias of {biasVolts} V; their sum may reach ±{MaxDriveVolts} V.");
        }
    }
}
