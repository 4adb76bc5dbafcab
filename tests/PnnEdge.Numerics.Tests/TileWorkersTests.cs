using PnnEdge.Numerics.Threading;

namespace PnnEdge.Numerics.Tests;

/// <summary>The crew is the process's: a test beside these may have it, and then a caller works alone.</summary>
[CollectionDefinition(nameof(TileWorkersTests), DisableParallelization = true)]
public class WithTheCrewToThemselves;

[Collection(nameof(TileWorkersTests))]
public class TileWorkersTests
{
    private const int Workers = 4;

    [Fact]
    public void Every_tile_runs_once_and_no_worker_has_two_at_a_time()
    {
        int[] runs = new int[50];
        int[] busy = new int[Workers];
        int clashes = 0;
        var workers = new TileWorkers(Workers, (worker, tile) =>
        {
            if (Interlocked.Increment(ref busy[worker]) != 1) { Interlocked.Increment(ref clashes); }
            Interlocked.Increment(ref runs[tile]);
            Interlocked.Decrement(ref busy[worker]);
        });
        for (int run = 1; run <= 5_000; run++)
        {
            int tiles = 1 + (run % runs.Length);
            Array.Clear(runs);
            workers.Run(tiles);
            Assert.All(runs.Take(tiles), count => Assert.Equal(1, count));
            Assert.All(runs.Skip(tiles), count => Assert.Equal(0, count));
        }

        Assert.Equal(0, clashes);
    }

    [Fact]
    public void Helpers_that_went_to_sleep_are_woken()
    {
        // Both tiles wait for each other: on one thread alone they would wait for ever.
        using var both = new Barrier(2);
        int met = 0;
        var workers = new TileWorkers(2, (_, _) =>
        {
            if (both.SignalAndWait(TimeSpan.FromSeconds(30))) { Interlocked.Increment(ref met); }
        });
        using var pause = new ManualResetEventSlim();
        for (int run = 0; run < 20; run++)
        {
            workers.Run(2);
            pause.Wait(TimeSpan.FromMilliseconds(5)); // a hundred times what a helper looks out for
        }

        Assert.Equal(40, met);
    }

    [Fact]
    public void A_tile_may_have_tiles_of_its_own()
    {
        int[] runs = new int[8 * 8];
        var inner = new TileWorkers[8];
        for (int n = 0; n < 8; n++)
        {
            int outer = n;
            inner[n] = new TileWorkers(Workers, (_, tile) => Interlocked.Increment(ref runs[(outer * 8) + tile]));
        }

        new TileWorkers(Workers, (_, tile) => inner[tile].Run(8)).Run(8);
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Callers_at_the_same_time_each_have_all_their_tiles_run()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Call, TestContext.Current.CancellationToken)));

        static void Call()
        {
            int count = 0;
            var workers = new TileWorkers(Workers, (_, _) => Interlocked.Increment(ref count));
            for (int run = 0; run < 2_000; run++) { workers.Run(7); }
            Assert.Equal(7 * 2_000, count);
        }
    }

    [Fact]
    public void A_tile_that_fails_is_told_to_the_caller_and_harms_no_later_run()
    {
        bool fail = true;
        int count = 0;
        var workers = new TileWorkers(Workers, (_, tile) =>
        {
            if (fail && tile == 3) { throw new InvalidOperationException("tile 3"); }
            Interlocked.Increment(ref count);
        });
        for (int run = 0; run < 100; run++)
        {
            fail = true;
            Assert.Equal("tile 3", Assert.Throws<InvalidOperationException>(() => workers.Run(20)).Message);
            fail = false;
            count = 0;
            workers.Run(20);
            Assert.Equal(20, count);
        }
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        int count = 0;
        var workers = new TileWorkers(2, (_, _) => Interlocked.Increment(ref count));
        workers.Run(8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1_000; run++) { workers.Run(8); }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(8 * 1_001, count);
    }
}
