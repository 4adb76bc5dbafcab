namespace PnnEdge.Numerics.Threading;

/// <summary>
/// Spreads numbered tiles over pool threads and the caller, without allocating per call. Which worker takes which
/// tile is left to chance, so a tile's result must not depend on it.
/// </summary>
public sealed class TileWorkers
{
    private readonly Action<int, int> _runTile;
    private readonly Helper[] _helpers;
    private readonly Lock _callers = new();
    private readonly object _gate = new();
    private int _tiles;
    private int _next;
    private int _active;
    private bool _open;
    private Exception? _failure;

    /// <param name="runTile">(worker, tile); one call per worker at a time.</param>
    public TileWorkers(int workers, Action<int, int> runTile)
    {
        _runTile = runTile;
        _helpers = new Helper[workers - 1];
        for (int n = 0; n < _helpers.Length; n++)
        {
            _helpers[n] = new Helper(this, n + 1);
        }
    }

    public int Count => _helpers.Length + 1;

    /// <summary>Runs every tile; the first failure is thrown once all workers have stopped.</summary>
    public void Run(int tiles)
    {
        lock (_callers)
        {
            lock (_gate)
            {
                _tiles = tiles;
                _next = 0;
                _failure = null;
                _open = true;
            }

            for (int n = 0; n < _helpers.Length && n < tiles - 1; n++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_helpers[n], preferLocal: false);
            }

            TakeTiles(0);
            lock (_gate)
            {
                // A helper that the pool starts from here on finds nothing to do: a busy pool delays no one.
                _open = false;
                while (_active > 0)
                {
                    Monitor.Wait(_gate);
                }
            }

            if (_failure is { } failure)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    private void TakeTiles(int worker)
    {
        try
        {
            for (int tile = Interlocked.Increment(ref _next) - 1; tile < _tiles; tile = Interlocked.Increment(ref _next) - 1)
            {
                _runTile(worker, tile);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Interlocked.Exchange(ref _next, int.MaxValue / 2);
        }
    }

    private sealed class Helper(TileWorkers owner, int worker) : IThreadPoolWorkItem
    {
        private bool _busy;

        public void Execute()
        {
            lock (owner._gate)
            {
                // A late start from an earlier call may meet this call's own.
                if (!owner._open || _busy)
                {
                    return;
                }

                _busy = true;
                owner._active++;
            }

            owner.TakeTiles(worker);
            lock (owner._gate)
            {
                _busy = false;
                owner._active--;
                Monitor.PulseAll(owner._gate);
            }
        }
    }
}
