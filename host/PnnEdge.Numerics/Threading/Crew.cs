using System.Runtime.ExceptionServices;

namespace PnnEdge.Numerics.Threading;

/// <summary>
/// The process's threads for numbered tiles: one crew for every kind of work. A helper that has just finished looks out for the next job
/// for a while before it sleeps, for the products, sweeps and updates of a training step follow each other within microseconds.
/// </summary>
internal static class Crew
{
    // Together about what it costs to wake a sleeping thread, so that looking out never costs much more than the better choice.
    private const int LooksBeforeSleep = 400;
    private const int SpinsPerLook = 8;

    private const int Open = 1 << 30;

    private static readonly Action<int, int> Nothing = static (_, _) => { };
    private static readonly object Gate = new();
    private static int _taken; // 1 while a caller has the crew
    private static int _hired;
    private static int _asleep;

    // The job: written before it is announced, read only by who joined it.
    private static Action<int, int> _runTile = Nothing;
    private static int _tiles;
    private static int _workers;
    private static Exception? _failure;
    private static bool _awaited;

    private static int _announced;
    private static int _next;
    private static int _joined; // how many helpers are at work, and Open while others may join

    /// <summary>Runs every tile; the first failure is thrown once all workers have stopped. Without a crew to be had the caller works alone.</summary>
    /// <param name="runTile">(worker, tile), worker below <paramref name="workers"/>; one call per worker at a time.</param>
    public static void Run(int tiles, int workers, Action<int, int> runTile)
    {
        // Not a lock: those let a thread in twice, and a tile may itself have tiles.
        if (tiles < 2 || workers < 2 || Interlocked.Exchange(ref _taken, 1) != 0)
        {
            for (int tile = 0; tile < tiles; tile++) { runTile(0, tile); }
            return;
        }

        Hire(workers - 1);
        (_runTile, _tiles, _workers, _next, _failure, _awaited) = (runTile, tiles, workers, 0, null, false);
        Volatile.Write(ref _joined, Open);
        Interlocked.Increment(ref _announced);
        if (Volatile.Read(ref _asleep) > 0) { Wake(); }
        TakeTiles(0);

        // A helper that comes from here on finds nothing to do: a busy machine delays no one.
        Interlocked.And(ref _joined, ~Open);
        AwaitHelpers();
        Exception? failure = _failure;
        _runTile = Nothing; // what it holds may be large
        Volatile.Write(ref _taken, 0);
        if (failure is not null) { ExceptionDispatchInfo.Throw(failure); }
    }

    // Only by who has the crew.
    private static void Hire(int helpers)
    {
        while (_hired < helpers) { new Helper(++_hired).Start(); }
    }

    private static void Wake()
    {
        lock (Gate) { Monitor.PulseAll(Gate); }
    }

    private static void AwaitHelpers()
    {
        for (int look = 0; look < LooksBeforeSleep; look++)
        {
            if (Volatile.Read(ref _joined) == 0) { return; }
            Thread.SpinWait(SpinsPerLook);
        }

        lock (Gate)
        {
            Volatile.Write(ref _awaited, true);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _joined) != 0) { Monitor.Wait(Gate); }
        }
    }

    private static void TakeTiles(int worker)
    {
        try
        {
            for (int tile = Interlocked.Increment(ref _next) - 1; tile < _tiles; tile = Interlocked.Increment(ref _next) - 1) { _runTile(worker, tile); }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Interlocked.Exchange(ref _next, int.MaxValue / 2);
        }
    }

    private sealed class Helper(int worker)
    {
        private int _seen;

        public void Start() => new Thread(Work) { IsBackground = true, Name = $"tiles {worker}" }.Start();

        private void Work()
        {
            while (true)
            {
                AwaitJob();
                if (!Join()) { continue; }
                if (worker < _workers) { TakeTiles(worker); }
                if (Interlocked.Decrement(ref _joined) == 0 && Volatile.Read(ref _awaited)) { Wake(); }
            }
        }

        private void AwaitJob()
        {
            for (int look = 0; look < LooksBeforeSleep; look++)
            {
                if (IsNew()) { return; }
                Thread.SpinWait(SpinsPerLook);
            }

            lock (Gate)
            {
                Interlocked.Increment(ref _asleep);
                while (!IsNew()) { Monitor.Wait(Gate); }
                Interlocked.Decrement(ref _asleep);
            }
        }

        private bool IsNew()
        {
            int announced = Volatile.Read(ref _announced);
            bool isNew = announced != _seen;
            _seen = announced;
            return isNew;
        }

        private static bool Join()
        {
            for (int joined = Volatile.Read(ref _joined); (joined & Open) != 0; joined = Volatile.Read(ref _joined))
            {
                if (Interlocked.CompareExchange(ref _joined, joined + 1, joined) == joined) { return true; }
            }

            return false;
        }
    }
}
