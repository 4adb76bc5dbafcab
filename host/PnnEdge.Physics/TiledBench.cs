namespace PnnEdge.Physics;

/// <summary>What every bench does around its equations: checks a batch, spreads its shots over workers in tiles, hands the result back.</summary>
public abstract class TiledBench : IBenchPhysics
{
    private readonly ShotTiles _tiles;
    private readonly Lock _oneCaller = new();
    private readonly float[] _actuators;
    private ulong _firstShot;
    private int _samplesPerShot;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    protected TiledBench(string name, int actuatorCount, int threads)
    {
        Name = name;
        _actuators = new float[actuatorCount];
        _tiles = new ShotTiles(threads, RunTile);
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
            _tiles.Load(shots, samplesPerShot, driveVolts);
            actuatorVolts.CopyTo(_actuators);
            _firstShot = firstShot;
            _samplesPerShot = samplesPerShot;
            BeginBatch(_actuators);
            if (RemembersShots)
            {
                _tiles.RunInTurn();
            }
            else
            {
                _tiles.Run(ShotsPerTile(shots, _tiles.Workers));
            }

            _tiles.Values.CopyTo(nodeVolts);
        }
    }

    /// <summary>True when a shot starts where the one before it ended: shots then run one after the other, in the order of the calls, on worker 0.</summary>
    protected virtual bool RemembersShots => false;

    /// <summary>Refuses what the equations cannot be asked, before anything is computed; NaN must fail.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A volt is out of range or NaN.</exception>
    /// <exception cref="ArgumentException">A shot's length does not fit.</exception>
    protected internal abstract void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts);

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

    private void RunTile(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> node) =>
        RunShots(worker, _firstShot + (ulong)firstShot, shots, _samplesPerShot, drive, _actuators, node);
}
