namespace PnnEdge.Numerics.Threading;

/// <summary>
/// Spreads numbered tiles over the process's threads and the caller, without allocating per call. Which worker takes which
/// tile is left to chance, so a tile's result must not depend on it.
/// </summary>
/// <param name="workers">At most so many at once.</param>
/// <param name="runTile">(worker, tile); one call per worker at a time.</param>
public sealed class TileWorkers(int workers, Action<int, int> runTile)
{
    private readonly Lock _callers = new();

    public int Count => workers;

    /// <summary>Runs every tile; the first failure is thrown once all workers have stopped.</summary>
    public void Run(int tiles)
    {
        lock (_callers) { Crew.Run(tiles, workers, runTile); }
    }
}
