using System.Numerics.Tensors;
using PnnEdge.Numerics.Threading;

namespace PnnEdge.Physics.Oscillators;

/// <summary>
/// The oscillators' equations, differentiable and free of noise. Same time axis as <see cref="OscillatorBench"/>: N samples load,
/// N read; the derivative with respect to the drive is 0 while it reads.
/// </summary>
/// <remarks>
/// Forward has the bits of an <see cref="OscillatorBench"/> with <see cref="OscillatorBenchOptions.Ideal"/>. Amplitudes and actuators
/// reach as far as the bench's.
/// </remarks>
public sealed class OscillatorModel : IPhysicsModel
{
    private readonly OscillatorParameters _parameters;
    private readonly OscillatorUnit _nominal;
    private readonly OscillatorField _field;
    private readonly OscillatorBench _bench;
    private readonly OscillatorVjp[] _vjp;
    private readonly TileWorkers _workers;
    private readonly float[][] _dcoupling;
    private readonly float[][] _dforce;
    private readonly float[] _dcouplingSum;
    private readonly float[] _dforceSum;
    private readonly Lock _oneCaller = new();

    private float[] _drive = [];
    private float[] _dnode = [];
    private float[] _ddrive = [];
    private int _shots;
    private int _firstTile;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public OscillatorModel(in OscillatorParameters parameters, int threads)
        : this(parameters, OscillatorConstants.Of(parameters), threads)
    {
    }

    private OscillatorModel(OscillatorParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads)
    {
        _parameters = parameters;
        _bench = new OscillatorBench(OscillatorBenchOptions.Ideal with { Parameters = parameters, Threads = threads });
        Constants = constants;
        _nominal = OscillatorUnit.Nominal(parameters.Count);
        _field = new OscillatorField(parameters.Count);
        _vjp = [.. Enumerable.Range(0, threads).Select(_ => new OscillatorVjp(parameters.Count, parameters.Steps))];
        _workers = new TileWorkers(threads, RunTile);

        // Two tiles a worker at a time: their sums wait for their turn.
        _dcoupling = [.. Enumerable.Range(0, 2 * threads).Select(_ => new float[_field.Coupling.Length])];
        _dforce = [.. Enumerable.Range(0, 2 * threads).Select(_ => new float[_field.Stride])];
        _dcouplingSum = new float[_field.Coupling.Length];
        _dforceSum = new float[_field.Stride];
    }

    public string Name => _bench.Name;

    public int ActuatorCount => _bench.ActuatorCount;

    public IReadOnlyList<PhysicalConstant> Constants { get; }

    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant[] moved = PhysicalConstant.Moved(Name, Constants, constants);
        return new OscillatorModel(OscillatorConstants.At(_parameters, constants), moved, _workers.Count);
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
        OscillatorParameterRanges.RequireReachable(_parameters.Count, samplesPerShot, driveVolts, actuatorVolts);
        lock (_oneCaller)
        {
            Begin(shots, driveVolts, actuatorVolts, dnode);
            int tiles = (shots + OscillatorVjp.ShotsPerTile - 1) / OscillatorVjp.ShotsPerTile;
            _dcouplingSum.AsSpan().Clear();
            _dforceSum.AsSpan().Clear();
            for (_firstTile = 0; _firstTile < tiles; _firstTile += _dcoupling.Length)
            {
                int now = Math.Min(_dcoupling.Length, tiles - _firstTile);
                _workers.Run(now);
                for (int n = 0; n < now; n++)
                {
                    TensorPrimitives.Add(_dcouplingSum, _dcoupling[n], _dcouplingSum);
                    TensorPrimitives.Add(_dforceSum, _dforce[n], _dforceSum);
                }
            }

            _field.SetVjp(_dcouplingSum, _dforceSum, (float)_parameters.CouplingScale, dactuators);
            _ddrive.AsSpan(0, ddrive.Length).CopyTo(ddrive);
        }
    }

    // Spans cannot cross threads; these copies can.
    private void Begin(int shots, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode)
    {
        if (_drive.Length < driveVolts.Length)
        {
            _drive = new float[driveVolts.Length];
            _dnode = new float[driveVolts.Length];
            _ddrive = new float[driveVolts.Length];
        }

        driveVolts.CopyTo(_drive);
        dnode.CopyTo(_dnode);
        _shots = shots;
        _field.Set(actuatorVolts, _nominal, (float)_parameters.CouplingScale);
    }

    private void RunTile(int worker, int tile)
    {
        int n = _parameters.Count;
        OscillatorVjp vjp = _vjp[worker];
        int first = (_firstTile + tile) * OscillatorVjp.ShotsPerTile;
        int count = Math.Min(OscillatorVjp.ShotsPerTile, _shots - first);
        for (int row = 0; row < count; row++)
        {
            int at = (first + row) * 2 * n;
            vjp.Load(row, Steepness, _drive.AsSpan(at, n), _dnode.AsSpan(at + n, n));
        }

        vjp.Run(_field, count, (float)_parameters.StepRadians, _dcoupling[tile], _dforce[tile]);
        for (int row = 0; row < count; row++)
        {
            Span<float> ddrive = _ddrive.AsSpan((first + row) * 2 * n, 2 * n);
            vjp.Result(row).CopyTo(ddrive);
            ddrive[n..].Clear();
        }
    }

    private float Steepness => (float)(1 + _parameters.Nonlinearity);
}
