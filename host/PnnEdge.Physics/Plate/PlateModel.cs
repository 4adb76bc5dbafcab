using PnnEdge.Numerics.Threading;

namespace PnnEdge.Physics.Plate;

/// <summary>The plate's equations alone at one set of constants, with their exact discrete derivative.</summary>
/// <remarks>
/// Forward has the bits of a <see cref="PlateBench"/> with <see cref="PlateBenchOptions.Ideal"/>; the derivative is that of the
/// same single-precision steps. Drives reach as far as the bench's.
/// </remarks>
public sealed class PlateModel : IPhysicsModel
{
    private readonly PlateRig _rig;
    private readonly PlateBench _bench;
    private readonly TileWorkers _workers;
    private readonly PlateVjp[] _perWorker;
    private readonly Lock _oneCaller = new();
    private float[] _drive = [];
    private float[] _gradient = [];
    private int _shots;
    private int _samplesPerShot;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PlateModel(in PlateParameters parameters, int threads)
        : this(new PlateRig(parameters), PlateConstants.Of(parameters), threads)
    {
    }

    private PlateModel(PlateRig rig, IReadOnlyList<PhysicalConstant> constants, int threads)
    {
        _rig = rig;
        Constants = constants;
        _bench = new PlateBench(PlateBenchOptions.Ideal with { Parameters = rig.Parameters, Threads = threads }, rig);
        _workers = new TileWorkers(threads, RunTile);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new PlateVjp())];
    }

    public string Name => _bench.Name;

    /// <summary>None.</summary>
    public int ActuatorCount => _bench.ActuatorCount;

    public IReadOnlyList<PhysicalConstant> Constants { get; }

    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant[] moved = PhysicalConstant.Moved(Name, Constants, constants);
        return new PlateModel(_rig.WithSameModes(PlateConstants.At(_rig.Parameters, constants)), moved, _workers.Count);
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
        PlateBench.RequireReachable(driveVolts);
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
                _gradient = new float[values];
            }

            driveVolts.CopyTo(_drive);
            dnode.CopyTo(_gradient);
            _shots = shots;
            _samplesPerShot = samplesPerShot;
            _workers.Run((shots + PlateForward.Lanes - 1) / PlateForward.Lanes);
            _gradient.AsSpan(0, values).CopyTo(ddrive);
        }
    }

    private void RunTile(int worker, int tile)
    {
        int lanes = PlateForward.Lanes;
        int first = tile * lanes;
        int count = Math.Min(lanes, _shots - first);
        PlateVjp vjp = _perWorker[worker];
        Span<float> drive = vjp.Drive(_samplesPerShot);
        Span<float> gradient = vjp.Gradient(_samplesPerShot);
        for (int lane = 0; lane < lanes; lane++)
        {
            // Lanes without a shot repeat the last one.
            int from = (first + Math.Min(lane, count - 1)) * _samplesPerShot;
            vjp.Plate.Set(lane, _rig, 1, 1);
            for (int sample = 0; sample < _samplesPerShot; sample++)
            {
                drive[sample * lanes + lane] = _drive[from + sample];
                gradient[sample * lanes + lane] = _gradient[from + sample];
            }
        }

        vjp.Run(_samplesPerShot, _rig.StepsPerSample);
        for (int shot = 0; shot < count; shot++)
        {
            Span<float> row = _gradient.AsSpan((first + shot) * _samplesPerShot, _samplesPerShot);
            for (int sample = 0; sample < row.Length; sample++)
            {
                row[sample] = gradient[sample * lanes + shot];
            }
        }
    }
}
