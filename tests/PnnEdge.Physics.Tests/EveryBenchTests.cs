namespace PnnEdge.Physics.Tests;

/// <summary>What every bench promises, whatever its equations.</summary>
public class EveryBenchTests
{
    /// <summary>The optics look their drift up anew at 64,000 and 64,128.</summary>
    private const ulong First = 64_000 - 40;

    public static TheoryData<string> Benches { get; } = ["circuit", "ladder", "plate", "shg", "shg-full", "oscillators"];

    [Theory]
    [MemberData(nameof(Benches))]
    public void A_shot_is_bit_equal_however_the_batch_is_cut_and_however_many_threads_compute_it(string name)
    {
        const int shots = 203;
        const string faults = "rig.swap@63975, drift.step=0.01@64010, drift.regime=0.3@64060, drift.gain";
        EveryBench bench = EveryBench.Named(name);
        float[] drive = bench.Drives(shots);
        float[] whole = bench.Run(First, drive, With(faults));
        Assert.Equal(whole, bench.Run(First, drive, options => With(faults)(options) with { Threads = 3 }));
        Assert.Equal(whole, bench.Run(First, drive, options => With(faults)(options) with { Threads = 16 }));

        IBenchPhysics cut = bench.Build(With(faults)(bench.Busy with { Seed = 5, Threads = 2 }));
        int[] cuts = [0, 1, 3, 10, 47, 48, 111, 203];
        float[] pieces = new float[drive.Length];
        for (int n = cuts.Length - 2; n >= 0; n--)
        {
            int at = cuts[n] * bench.Samples;
            int length = (cuts[n + 1] - cuts[n]) * bench.Samples;
            cut.Run(First + (ulong)cuts[n], cuts[n + 1] - cuts[n], bench.Samples, drive.AsSpan(at, length), bench.Actuators, pieces.AsSpan(at, length));
        }

        Assert.Equal(whole, pieces);
    }

    [Theory]
    [MemberData(nameof(Benches))]
    public void Seed_serial_and_shot_each_change_the_reading_and_imperfections_know_only_the_serial(string name)
    {
        EveryBench bench = EveryBench.Named(name);
        float[] drive = bench.Drives(3);
        float[] once = bench.Run(0, drive);
        Assert.Equal(once, bench.Run(0, drive));
        Assert.NotEqual(once, bench.Run(0, drive, options => options with { Serial = 2 }));
        Assert.NotEqual(once, bench.Run(0, drive, options => options with { Seed = 6 }));
        Assert.NotEqual(once, bench.Run(1, drive));

        float[] quiet = bench.Run(0, drive, quiet: true);
        Assert.Equal(quiet, bench.Run(77, drive, options => options with { Seed = 6 }, quiet: true));
        Assert.NotEqual(quiet, bench.Run(0, drive, options => options with { Serial = 2 }, quiet: true));
    }

    [Theory]
    [MemberData(nameof(Benches))]
    public void A_swapped_rig_is_the_unit_with_another_serial(string name)
    {
        EveryBench bench = EveryBench.Named(name);
        float[] drive = bench.Drives(3);
        float[] mixed = bench.Run(300_000, drive, options => With("rig.swap=2@300001, rig.swap=4@300002")(options) with { Serial = 3 });
        float[] Of(ulong serial) => bench.Run(300_000, drive, options => options with { Serial = serial });
        Assert.Equal(Of(3)[..bench.Samples], mixed[..bench.Samples]);
        Assert.Equal(Of(5)[bench.Samples..(2 * bench.Samples)], mixed[bench.Samples..(2 * bench.Samples)]);
        Assert.Equal(Of(9)[(2 * bench.Samples)..], mixed[(2 * bench.Samples)..]);
    }

    [Theory]
    [MemberData(nameof(Benches))]
    public void Another_regime_begins_at_its_shot_and_is_reached_at_most_once(string name)
    {
        EveryBench bench = EveryBench.Named(name);
        float[] drive = bench.Drives(2);
        float[] still = bench.Run(0, drive, quiet: true), whole = Regime("drift.regime");
        Assert.Equal(whole, Regime("drift.regime=0.5, drift.regime=0.5"));
        Assert.Equal(whole, Regime("drift.regime=0.7, drift.regime=0.7"));
        Assert.NotEqual(whole, Regime("drift.regime=0.7"));
        float[] late = Regime("drift.regime@1");
        Assert.Equal(still[..bench.Samples], late[..bench.Samples]);
        Assert.Equal(whole[bench.Samples..], late[bench.Samples..]);
        Assert.NotEqual(still[bench.Samples..], late[bench.Samples..]);

        float[] Regime(string faults) => bench.Run(0, drive, With(faults), quiet: true);
    }

    [Theory]
    [MemberData(nameof(Benches))]
    public void Nothing_is_allocated_once_the_largest_batch_was_seen(string name)
    {
        const int shots = 100;
        EveryBench bench = EveryBench.Named(name);
        float[] drive = bench.Drives(shots), node = new float[drive.Length];
        IBenchPhysics running = bench.Build(With("drift.step=0.01@1500")(bench.Busy with { Threads = 1 }));
        running.Run(0, shots, bench.Samples, drive, bench.Actuators, node);

        // The runtime itself may allocate when it compiles a path anew; a bench that allocates does so in every run.
        long least = long.MaxValue;
        for (ulong n = 1; n < 10; n++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            running.Run(n * 1000, shots, bench.Samples, drive, bench.Actuators, node); // the optics' tables are set anew
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static Func<BenchOptions, BenchOptions> With(string faults) => options => options with { Faults = Faults.These(faults) };
}
