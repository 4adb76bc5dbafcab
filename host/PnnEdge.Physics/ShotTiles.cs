using PnnEdge.Numerics.Threading;

namespace PnnEdge.Physics;

/// <summary>A batch of shots spread over workers in tiles of some shots each. An instance is one caller's scratch memory.</summary>
internal sealed class ShotTiles
{
    /// <summary>Computes some shots; one call per worker at a time.</summary>
    /// <param name="drive">[shot, sample], V, of these shots.</param>
    /// <param name="values">[shot, sample] of these shots, in the caller's meaning; read and overwritten.</param>
    public delegate void Tile(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> values);

    private readonly Tile _run;
    private readonly TileWorkers _workers;
    private float[] _drive = [];
    private float[] _values = [];
    private int _shots;
    private int _samplesPerShot;
    private int _shotsPerTile;
    private int _firstTile;

    /// <param name="threads">How many workers; no tile's result may depend on which one computes it.</param>
    public ShotTiles(int threads, Tile run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _run = run;
        _workers = new TileWorkers(threads, RunTile);
    }

    public int Workers => _workers.Count;

    /// <summary>[shot, sample] of the batch: what the tiles read and overwrite.</summary>
    public Span<float> Values => _values.AsSpan(0, _shots * _samplesPerShot);

    /// <summary>Spans cannot cross threads; this copy of the drive can.</summary>
    /// <param name="drive">[shot, sample], V.</param>
    public void Load(int shots, int samplesPerShot, ReadOnlySpan<float> drive)
    {
        if (_drive.Length < drive.Length)
        {
            _drive = new float[drive.Length];
            _values = new float[drive.Length];
        }

        drive.CopyTo(_drive);
        _shots = shots;
        _samplesPerShot = samplesPerShot;
    }

    /// <summary>Every tile of the batch, some at a time.</summary>
    /// <param name="tilesAtOnce">How many are computed side by side before <paramref name="after"/> is called with their number.</param>
    public void Run(int shotsPerTile, int tilesAtOnce = int.MaxValue, Action<int>? after = null)
    {
        _shotsPerTile = shotsPerTile;
        int left = (_shots + shotsPerTile - 1) / shotsPerTile;
        for (_firstTile = 0; left > 0;)
        {
            int now = Math.Min(tilesAtOnce, left);
            _workers.Run(now);
            after?.Invoke(now);
            _firstTile += now;
            left -= now;
        }
    }

    /// <summary>Every shot after the one before it, on worker 0.</summary>
    public void RunInTurn()
    {
        (_shotsPerTile, _firstTile) = (1, 0);
        for (int shot = 0; shot < _shots; shot++)
        {
            RunTile(0, shot);
        }
    }

    private void RunTile(int worker, int tile)
    {
        int first = (_firstTile + tile) * _shotsPerTile;
        int shots = Math.Min(_shotsPerTile, _shots - first);
        int at = first * _samplesPerShot;
        int length = shots * _samplesPerShot;
        _run(worker, first, shots, _drive.AsSpan(at, length), _values.AsSpan(at, length));
    }
}
