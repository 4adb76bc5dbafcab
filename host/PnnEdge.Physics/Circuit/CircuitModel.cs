using PnnEdge.Numerics.Threading;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Circuit;

/// <summary>The circuit's equations alone at one set of constants, with their exact discrete derivative.</summary>
/// <remarks>
/// Forward has the bits of a <see cref="CircuitBench"/> with <see cref="CircuitBenchOptions.Ideal"/>. The derivative is that of
/// the same RK4 steps, refined where they were, in single precision; drives reach as far as the bench's.
/// </remarks>
public sealed class CircuitModel : IPhysicsModel
{
    private static readonly float[] NoOffsets = new float[CircuitForward.MaxShots];

    private readonly CircuitParameters _parameters;
    private readonly CircuitBench _bench;
    private readonly TileWorkers _workers;
    private readonly CircuitVjp[] _perWorker;
    private readonly LaneCircuit _circuit;
    private readonly Lock _oneCaller = new();
    private float[] _drive = [];
    private float[] _gradient = [];
    private double[] _biasGradient = [];
    private readonly float[] _offsets = new float[CircuitForward.MaxShots];
    private int _shots;
    private int _shotsPerTile;
    private int _samplesPerShot;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public CircuitModel(in CircuitParameters parameters, int threads)
        : this(parameters, CircuitConstants.Of(parameters), threads)
    {
    }

    private CircuitModel(in CircuitParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads)
    {
        _parameters = parameters;
        _bench = new CircuitBench(CircuitBenchOptions.Ideal with { Parameters = parameters, Threads = threads });
        Constants = constants;
        _circuit.SetAll(parameters);
        _workers = new TileWorkers(threads, RunTile);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new CircuitVjp())];
    }

    public string Name => _bench.Name;

    /// <summary>The bias, added to the drive.</summary>
    public int ActuatorCount => _bench.ActuatorCount;

    public IReadOnlyList<PhysicalConstant> Constants { get; }

    /// <exception cref="ArgumentOutOfRangeException">Also where every value is in its range but the integrator cannot follow them together.</exception>
    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant[] moved = PhysicalConstant.Moved(Name, Constants, constants);
        return new CircuitModel(CircuitConstants.At(_parameters, constants), moved, _workers.Count);
    }

    public void Forward(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts) =>
        _bench.Run(0, shots, samplesPerShot, driveVolts, actuatorVolts, nodeVolts);

    public void Vjp(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode,
        Span<float> ddrive, Span<float> dactuators)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, dnode.Length);
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, ddrive.Length, dactuators.Length, dnode.Length);
        CircuitBench.RequireReachable(driveVolts, actuatorVolts);
        lock (_oneCaller)
        {
            // Spans cannot cross threads; these copies can.
            int values = driveVolts.Length;
            if (_drive.Length < values || _biasGradient.Length < shots)
            {
                _drive = new float[values];
                _gradient = new float[values];
                _biasGradient = new double[shots];
            }

            driveVolts.CopyTo(_drive);
            _offsets.AsSpan().Fill(actuatorVolts[0]);
            dnode.CopyTo(_gradient);
            _shots = shots;
            _samplesPerShot = samplesPerShot;
            _shotsPerTile = CircuitForward.ShotsPerCall(shots, _workers.Count);
            if (shots > 0)
            {
                _workers.Run((shots + _shotsPerTile - 1) / _shotsPerTile);
            }

            _gradient.AsSpan(0, values).CopyTo(ddrive);

            // In the order of the shots, so that no thread's pace shows in the sum.
            double bias = 0;
            for (int shot = 0; shot < shots; shot++)
            {
                bias += _biasGradient[shot];
            }

            dactuators[0] = (float)bias;
        }
    }

    private void RunTile(int worker, int tile)
    {
        int first = tile * _shotsPerTile;
        int count = Math.Min(_shotsPerTile, _shots - first);
        int lanes = CircuitForward.LanesFor(count);
        CircuitVjp vjp = _perWorker[worker];
        Span<float> gradient = vjp.Gradient(lanes, _samplesPerShot);
        int at = first * _samplesPerShot;
        int length = count * _samplesPerShot;
        LaneRows.Spread(_drive.AsSpan(at, length), _offsets.AsSpan(0, count), _samplesPerShot, vjp.Drive(lanes, _samplesPerShot));
        LaneRows.Spread(_gradient.AsSpan(at, length), NoOffsets.AsSpan(0, count), _samplesPerShot, gradient);
        vjp.Run(_circuit, lanes, _samplesPerShot);
        LaneRows.Gather(gradient, _samplesPerShot, _gradient.AsSpan(at, length));
        for (int shot = 0; shot < count; shot++)
        {
            double bias = 0;
            foreach (float value in _gradient.AsSpan(at + shot * _samplesPerShot, _samplesPerShot))
            {
                bias += value;
            }

            _biasGradient[first + shot] = bias;
        }
    }
}
