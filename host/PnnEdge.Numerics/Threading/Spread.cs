namespace PnnEdge.Numerics.Threading;

/// <summary>Work cut into tiles whose results do not depend on who computes them.</summary>
internal interface ITileJob
{
    void Run(int tile);
}

/// <summary>Spreads a job over the process's threads without allocating per call.</summary>
internal static class Spread
{
    /// <summary>Returns when every tile is done. A second caller while one is at work computes on its own thread.</summary>
    public static void Run<TJob>(int tiles, in TJob job)
        where TJob : struct, ITileJob
    {
        if (tiles > 1 && Of<TJob>.Turn.TryEnter())
        {
            try
            {
                Of<TJob>.Current = job;
                Of<TJob>.Workers.Run(tiles);
            }
            finally
            {
                Of<TJob>.Turn.Exit();
            }

            return;
        }

        for (int tile = 0; tile < tiles; tile++) { job.Run(tile); }
    }

    private static class Of<TJob>
        where TJob : struct, ITileJob
    {
        public static readonly Lock Turn = new();

        public static readonly TileWorkers Workers = new(Environment.ProcessorCount, (_, tile) => Current.Run(tile));

        public static TJob Current;
    }
}
