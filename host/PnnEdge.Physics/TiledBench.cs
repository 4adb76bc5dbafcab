using PnnEdge.Numerics.Threading;

namespace PnnEdge.Physics;

/// <summary>What every bench does around its equations: checks a batch, spreads its shots over workers in tiles, hands the result back.</summary>
public abstract class TiledBench : IBenchPhysics
{
    private readonly TileWorkers _workers;
    private readonly Lock _oneCaller = new();
    private float[] _drive = [];
    private float[] _node = [];
    private readonly float[] _actuators;
    private ulong _firstShot;
    private int _shots;
    private int _shotsPerTile;
    private int _samplesPerShot;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    protected TiledBench(string name, int actuatorCount, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Name = name;
        _actuators = new float[actuatorCount];
        _workers = new TileWorkers(threads, RunTile);
    }

    public string Name { get; }

    public int ActuatorCount => _actuators.Length;

    public void Run(
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, nodeVolts.Length);
        RequireReachable(samplesPerShot, driveVolts, actuatorVolts);
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
            actuatorVolts.CopyTo(_actuators);
            _firstShot = firstShot;
            _shots = shots;
            _samplesPerShot = samplesPerShot;
            BeginBatch(_actuators);
            if (RemembersShots)
            {
                _shotsPerTile = 1;
                for (int shot = 0; shot < shots; shot++)
                {
                    RunTile(0, shot);
                }
            }
            else
            {
                _shotsPerTile = ShotsPerTile(shots, _workers.Count);
                _workers.Run((shots + _shotsPerTile - 1) / _shotsPerTile);
            }

            _node.AsSpan(0, values).CopyTo(nodeVolts);
        }
    }

    /// <summary>True when a shot starts where the one before it ended: shots then run one after the other, in the order of the calls, on worker 0.</summary>
    protected virtual bool RemembersShots => false;

    /// <summary>Refuses what the equations cannot be asked, before anything is computed; NaN must fail.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A volt is out of range or NaN.</exception>
    /// <exception cref="ArgumentException">A shot's length does not fit.</exception>
    protected abstract void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts);

    /// <summary>Once per batch, before its tiles.</summary>
    protected virtual void BeginBatch(ReadOnlySpan<float> actuatorVolts)
    {
    }

    protected abstract int ShotsPerTile(int shots, int workers);

    /// <summary>One tile; workers run side by side, one call per worker at a time.</summary>
    /// <param name="driveVolts">[shot, sample], V.</param>
    /// <param name="actuatorVolts">[actuator], V.</param>
    /// <param name="nodeVolts">[shot, sample], V; overwritten.</param>
    protected abstract void RunShots(
        int worker,
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts);

    private void RunTile(int worker, int tile)
    {
        int first = tile * _shotsPerTile;
        int count = Math.Min(_shotsPerTile, _shots - first);
        int at = first * _samplesPerShot;
        int length = count * _samplesPerShot;
        RunShots(worker, _firstShot + (ulong)first, count, _samplesPerShot, _drive.AsSpan(at, length), _actuators, _node.AsSpan(at, length));
    }
}
