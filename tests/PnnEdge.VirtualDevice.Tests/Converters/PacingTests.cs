using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Converters;

public class PacingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // 10,000 samples at 1 MHz.
    private static readonly int[] TenMillis = [.. Enumerable.Repeat(2048, 10_000)];

    [Fact]
    public async Task A_block_is_answered_no_sooner_than_real_converters_could()
    {
        ManualTime time = new();
        Bench bench = new(new EchoBench(), time: time, pacing: Pacing.RealTime);
        Task playing = Task.Run(() => bench.Play(TenMillis));
        Assert.True(time.WaitForAWaiter());
        time.Advance(TimeSpan.FromMilliseconds(9.999));
        Assert.False(playing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(0.001));
        await playing.WaitAsync(Patience);
        Assert.Equal(0, bench.Flags);
    }

    [Fact]
    public async Task Time_spent_computing_counts_and_the_rest_is_rounded_up_to_whole_milliseconds()
    {
        ManualTime time = new();
        FunctionBench physics = new(0, (drive, _) => drive) { Hook = () => time.Advance(TimeSpan.FromMilliseconds(9.2)) };
        Bench bench = new(physics, time: time, pacing: Pacing.RealTime);
        Task playing = Task.Run(() => bench.Play(TenMillis));
        Assert.True(time.WaitForAWaiter());
        time.Advance(TimeSpan.FromMilliseconds(0.8)); // a timer of the system would have dropped these 0.8 ms
        Assert.False(playing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(0.2));
        await playing.WaitAsync(Patience);
        Assert.Equal(0.0092, bench.Converters.ComputeSeconds, 1e-9);
    }

    [Fact]
    public async Task Made_safe_a_paced_block_ends_at_once_and_counts_as_underrun()
    {
        ManualTime time = new();
        Bench bench = new(new EchoBench(), time: time, pacing: Pacing.RealTime);
        Task playing = Task.Run(() => bench.Play(TenMillis));
        Assert.True(time.WaitForAWaiter());
        bench.Converters.MakeSafe();
        await playing.WaitAsync(Patience);
        Assert.Equal(MeasurementBlock.UnderrunFlag, bench.Flags);

        // The next block, enabled again, waits again.
        bench.Converters.PulseEnable();
        playing = Task.Run(() => bench.Play(TenMillis));
        Assert.True(time.WaitForAWaiter());
        Assert.False(playing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(10));
        await playing.WaitAsync(Patience);
        Assert.Equal(0, bench.Flags);
    }

    [Fact]
    public void Made_safe_while_it_is_computed_a_block_counts_as_underrun()
    {
        Bench? bench = null;
        FunctionBench physics = new(0, (drive, _) => drive) { Hook = () => bench!.Converters.MakeSafe() };
        bench = new Bench(physics);
        bench.Play(2048);
        Assert.Equal(MeasurementBlock.UnderrunFlag, bench.Flags);
    }

    [Fact]
    public void As_fast_as_possible_takes_no_time_but_the_shot_clock_passes_and_settling_counts_once()
    {
        ShotClock clock = new();
        Bench bench = new(new FunctionBench(1, (drive, _) => drive), time: new ManualTime(), clock: clock);
        RunPlan plan = Bench.Plan(10, p => (p.RestSamples, p.SettleMicros) = (5, 1000));
        int[] shots = [.. Enumerable.Repeat(2048, 20)];
        bench.Play(plan, shots);
        Assert.Equal(30, clock.Micros());
        bench.Converters.SetActuators([0.5f], out _);
        bench.Play(plan, shots);
        Assert.Equal(1060, clock.Micros());
        bench.Play(plan, shots);
        Assert.Equal(1090, clock.Micros());
    }
}
