namespace PnnEdge.Physics;

/// <summary>
/// What every model does around its equations: its bench without noise plays them forward; backward it checks a batch, spreads its
/// shots over workers in tiles and hands the gradient back.
/// </summary>
public abstract class TiledModel : IPhysicsModel
{
    private readonly TiledBench _ideal;
    private readonly ShotTiles _tiles;
    private readonly Lock _oneCaller = new();

    /// <param name="ideal">The same equations as a bench of the nominal unit, without noise, drift or faults.</param>
    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    private protected TiledModel(TiledBench ideal, IReadOnlyList<PhysicalConstant> constants, int threads)
    {
        _ideal = ideal;
        Constants = constants;
        _tiles = new ShotTiles(threads, Back);
    }

    public string Name => _ideal.Name;

    public int ActuatorCount => _ideal.ActuatorCount;

    public IReadOnlyList<PhysicalConstant> Constants { get; }

    /// <exception cref="ArgumentOutOfRangeException">Also where every value is in its range but the integrator cannot follow them together.</exception>
    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants) =>
        At(constants, PhysicalConstant.Moved(Name, Constants, constants), _tiles.Workers);

    public void Forward(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts) =>
        _ideal.Run(0, shots, samplesPerShot, driveVolts, actuatorVolts, nodeVolts);

    public void Vjp(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode,
        Span<float> ddrive, Span<float> dactuators)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, dnode.Length);
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, ddrive.Length, dactuators.Length, dnode.Length);
        _ideal.RequireReachable(samplesPerShot, driveVolts, actuatorVolts);
        lock (_oneCaller)
        {
            _tiles.Load(shots, samplesPerShot, driveVolts);
            dnode.CopyTo(_tiles.Values);
            BeginBatch(actuatorVolts);
            _tiles.Run(ShotsPerTile(shots, _tiles.Workers), TilesAtOnce, EndTiles);
            EndBatch(samplesPerShot, _tiles.Values, dactuators);
            _tiles.Values.CopyTo(ddrive);
        }
    }

    /// <param name="values">[constant], each in its range.</param>
    /// <param name="moved">The same, as the new model's <see cref="Constants"/>.</param>
    private protected abstract IPhysicsModel At(ReadOnlySpan<double> values, PhysicalConstant[] moved, int threads);

    /// <summary>Once per batch, before its tiles.</summary>
    private protected virtual void BeginBatch(ReadOnlySpan<float> actuatorVolts)
    {
    }

    private protected abstract int ShotsPerTile(int shots, int workers);

    /// <summary>How many tiles may wait for <see cref="EndTiles"/>.</summary>
    private protected virtual int TilesAtOnce => int.MaxValue;

    /// <summary>Some shots; workers run side by side, one call per worker at a time.</summary>
    /// <param name="drive">[shot, sample], V, where the derivative is taken.</param>
    /// <param name="gradient">[shot, sample], 1/V: ∂loss/∂node; overwritten by ∂loss/∂drive.</param>
    private protected abstract void Back(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> gradient);

    /// <summary>After at most <see cref="TilesAtOnce"/> tiles, in their order.</summary>
    private protected virtual void EndTiles(int tiles)
    {
    }

    /// <summary>Once per batch, after its tiles.</summary>
    /// <param name="ddrive">[shot, sample], ∂loss/∂drive, 1/V.</param>
    /// <param name="dactuators">[actuator], ∂loss/∂actuator summed over shots, 1/V; overwritten.</param>
    private protected virtual void EndBatch(int samplesPerShot, ReadOnlySpan<float> ddrive, Span<float> dactuators)
    {
    }
}
