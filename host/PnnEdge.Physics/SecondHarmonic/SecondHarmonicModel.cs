namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The undepleted system with the nominal unit's pixels, for ideal backpropagation and for fitting. A sample's volts are
/// an amplitude (1 V is amplitude 1) while the 100 pixels load, and a bin's reading in the 50 samples behind them.
/// </summary>
public sealed class SecondHarmonicModel : IPhysicsModel
{
    private static readonly double[] NominalGains = [.. Enumerable.Repeat(1.0, ShotLayout.Pixels)];

    private readonly SecondHarmonicParameters _parameters;
    private readonly OpticalTable _table = new();
    private readonly TileWorkers _workers;
    private readonly LaneOptics[] _perWorker;
    private readonly Lock _oneCaller = new();
    private float[] _drive = [];
    private float[] _dnode = [];
    private float[] _result = [];
    private int _shots;
    private bool _reverse;

    /// <param name="parameters">Within <see cref="SecondHarmonicParameterRanges"/>.</param>
    /// <param name="threads">How many compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or there is no thread.</exception>
    public SecondHarmonicModel(SecondHarmonicParameters parameters, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _parameters = SecondHarmonicParameterRanges.Require(parameters);
        _table.Set(parameters, NominalGains);
        _workers = new TileWorkers(threads, RunTile);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new LaneOptics())];
        Constants = SecondHarmonicConstants.Of(parameters);
    }

    public SecondHarmonicModel(SecondHarmonicParameters parameters)
        : this(parameters, Environment.ProcessorCount)
    {
    }

    public string Name => "shg";

    public int ActuatorCount => 0;

    /// <summary>The model is smooth in each of them.</summary>
    public IReadOnlyList<PhysicalConstant> Constants { get; }

    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant.Require(Name, Constants, constants);
        return new SecondHarmonicModel(SecondHarmonicConstants.At(_parameters, constants), _workers.Count);
    }

    public void Forward(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, nodeVolts.Length);
        ShotLayout.RequireSamples(samplesPerShot);
        Run(shots, driveVolts, [], reverse: false, nodeVolts);
    }

    public void Vjp(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode,
        Span<float> ddrive, Span<float> dactuators)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, dnode.Length);
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, dactuators.Length, ddrive.Length);
        ShotLayout.RequireSamples(samplesPerShot);
        Run(shots, driveVolts, dnode, reverse: true, ddrive);
    }

    private void Run(int shots, ReadOnlySpan<float> drive, ReadOnlySpan<float> dnode, bool reverse, Span<float> result)
    {
        lock (_oneCaller)
        {
            // Spans cannot cross threads; these copies can.
            if (_drive.Length < drive.Length)
            {
                _drive = new float[drive.Length];
                _result = new float[drive.Length];
            }

            if (_dnode.Length < dnode.Length)
            {
                _dnode = new float[dnode.Length];
            }

            drive.CopyTo(_drive);
            dnode.CopyTo(_dnode);
            _shots = shots;
            _reverse = reverse;
            _workers.Run((shots + LaneOptics.MaxShots - 1) / LaneOptics.MaxShots);
            _result.AsSpan(0, result.Length).CopyTo(result);
        }
    }

    private void RunTile(int worker, int tile)
    {
        int first = tile * LaneOptics.MaxShots;
        int count = Math.Min(LaneOptics.MaxShots, _shots - first);
        int at = first * ShotLayout.SamplesPerShot;
        int length = count * ShotLayout.SamplesPerShot;
        if (_reverse)
        {
            _perWorker[worker].Vjp(_table, count, _drive.AsSpan(at, length), _dnode.AsSpan(at, length), _result.AsSpan(at, length));
        }
        else
        {
            _perWorker[worker].Forward(_table, count, _drive.AsSpan(at, length), _result.AsSpan(at, length));
        }
    }
}
