namespace PnnEdge.Numerics.Threading;

/// <summary>Work cut into tiles whose results do not depend on who computes them.</summary>
internal interface ITileJob
{
    void Run(int tile);
}

/// <summary>Work on neighbouring elements, each on its own.</summary>
internal interface IElementJob
{
    void Run(int first, int count);
}

/// <summary>Spreads a job over the process's threads without allocating per call.</summary>
internal static class Spread
{
    private const int LeastElements = 32_768;
    private const int LineElements = 16;

    /// <summary>Returns when every tile is done. A second caller while one is at work computes on its own thread.</summary>
    public static void Run<TJob>(int tiles, in TJob job)
        where TJob : struct, ITileJob
    {
        if (tiles > 1 && Interlocked.Exchange(ref Of<TJob>.Taken, 1) == 0)
        {
            try
            {
                Of<TJob>.Current = job;
                Crew.Run(tiles, Environment.ProcessorCount, Of<TJob>.RunTile);
            }
            finally
            {
                Volatile.Write(ref Of<TJob>.Taken, 0);
            }

            return;
        }

        for (int tile = 0; tile < tiles; tile++) { job.Run(tile); }
    }

    /// <summary>In one piece below some ten microseconds' work, else in as many as there are threads, cut at whole cache lines.</summary>
    public static void Elements<TJob>(int count, in TJob job)
        where TJob : struct, IElementJob
    {
        int pieces = count < LeastElements ? 1 : Environment.ProcessorCount;
        if (pieces == 1) { job.Run(0, count); }
        else { Run(pieces, new Pieces<TJob>(job, count, pieces)); }
    }

    private readonly record struct Pieces<TJob>(TJob Job, int Count, int Of) : ITileJob
        where TJob : struct, IElementJob
    {
        public void Run(int tile)
        {
            int first = At(tile), end = At(tile + 1);
            if (end > first) { Job.Run(first, end - first); }
        }

        private int At(int tile) => Math.Min(Count, (int)((((long)Count * tile / Of) + LineElements - 1) / LineElements * LineElements));
    }

    private static class Of<TJob>
        where TJob : struct, ITileJob
    {
        public static readonly Action<int, int> RunTile = static (_, tile) => Current.Run(tile);

        public static int Taken;

        public static TJob Current;
    }
}
