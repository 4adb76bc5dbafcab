using PnnEdge.Numerics.Threading;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The undepleted system with the nominal unit's pixels, for ideal backpropagation and for fitting. A sample's volts are
/// an amplitude (1 V is amplitude 1) while the 100 pixels load, and a bin's reading in the 50 samples behind them.
/// </summary>
/// <remarks>
/// Forward has the bits of a <see cref="SecondHarmonicBench"/> with <see cref="SecondHarmonicBenchOptions.Ideal"/>. Amplitudes reach as
/// far as the bench's.
/// </remarks>
public sealed class SecondHarmonicModel : IPhysicsModel
{
    private readonly SecondHarmonicParameters _parameters;
    private readonly SecondHarmonicBench _bench;
    private readonly OpticalTable _table = new();
    private readonly TileWorkers _workers;
    private readonly SecondHarmonicVjp[] _perWorker;
    private readonly Lock _oneCaller = new();
    private float[] _drive = [];
    private float[] _gradient = [];
    private int _shots;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public SecondHarmonicModel(in SecondHarmonicParameters parameters, int threads)
        : this(parameters, SecondHarmonicConstants.Of(parameters), threads)
    {
    }

    private SecondHarmonicModel(in SecondHarmonicParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads)
    {
        _parameters = parameters;
        _bench = new SecondHarmonicBench(SecondHarmonicBenchOptions.Ideal with { Parameters = parameters, Threads = threads });
        Constants = constants;
        _table.Set(parameters, SecondHarmonicUnit.Nominal.PixelGains);
        _workers = new TileWorkers(threads, RunTile);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new SecondHarmonicVjp())];
    }

    public string Name => _bench.Name;

    /// <summary>None.</summary>
    public int ActuatorCount => _bench.ActuatorCount;

    /// <summary>The model is smooth in each of them.</summary>
    public IReadOnlyList<PhysicalConstant> Constants { get; }

    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant[] moved = PhysicalConstant.Moved(Name, Constants, constants);
        return new SecondHarmonicModel(SecondHarmonicConstants.At(_parameters, constants), moved, _workers.Count);
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
        SecondHarmonicBench.RequireReachable(samplesPerShot, driveVolts);
        lock (_oneCaller)
        {
            // Spans cannot cross threads; these copies can.
            int values = driveVolts.Length;
            if (_drive.Length < values)
            {
                _drive = new float[values];
                _gradient = new float[values];
            }

            driveVolts.CopyTo(_drive);
            dnode.CopyTo(_gradient);
            _shots = shots;
            _workers.Run((shots + SecondHarmonicForward.MaxShots - 1) / SecondHarmonicForward.MaxShots);
            _gradient.AsSpan(0, values).CopyTo(ddrive);
        }
    }

    private void RunTile(int worker, int tile)
    {
        int first = tile * SecondHarmonicForward.MaxShots;
        int count = Math.Min(SecondHarmonicForward.MaxShots, _shots - first);
        int at = first * ShotLayout.SamplesPerShot;
        int length = count * ShotLayout.SamplesPerShot;
        Span<float> gradient = _gradient.AsSpan(at, length); // read before it is overwritten
        _perWorker[worker].Run(_table, count, _drive.AsSpan(at, length), gradient, gradient);
    }
}
