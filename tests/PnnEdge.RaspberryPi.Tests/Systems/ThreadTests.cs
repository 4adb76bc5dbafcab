using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Systems;

/// <summary>
/// The loop and its watchdog on their own threads, on the host's time: what goes on while the host computes. A test that fails must not leave
/// those threads behind, so every system is disposed.
/// </summary>
[Collection(RealTime.Name)]
public class ThreadTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>Long against 20 ms between two turns of the loop, on a machine that does other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_enable_line_pulses_on_while_the_host_computes_and_ends_with_the_system()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4));
        await using PiSystem _ = system;
        await system.RunAsync(Shot(1.6f), Never);
        int before = pi.Edges;
        await Until(() => pi.Edges >= before + 3);
        await system.DisposeAsync();
        Assert.False(pi.EnableIsHigh);
        Assert.Equal(0.5, pi.Drive);
    }

    [Fact]
    public async Task The_enable_line_rests_while_the_loop_goes_on_after_a_cancelled_call_and_pulses_again_with_the_next()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4));
        await using PiSystem _ = system;
        await Until(() => pi.Edges >= 3); // opening took the lease
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.RunAsync(Shot(1.6f), new CancellationToken(canceled: true)));
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
        Assert.True(EdgesHaveEnded(pi));
        int before = pi.Edges;
        await system.RunAsync(Shot(1.6f), Never);
        await Until(() => pi.Edges >= before + 3);
    }

    [Fact]
    public async Task An_interlock_that_opens_while_the_host_computes_makes_safe_at_once_and_is_told_at_the_next_call()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4));
        await using PiSystem _ = system;
        await system.RunAsync(Shot(1.6f), Never);
        pi.OpenInterlock();
        await Until(() => !pi.EnableIsHigh && EdgesHaveEnded(pi));
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(Shot(1.6f), Never));
        Assert.Equal("pi-echo#1 is in fault: the external interlock is open.", told.Message);
    }

    [Fact]
    public async Task A_lease_that_lapses_while_the_host_computes_makes_safe_and_the_next_call_takes_it_again()
    {
        var time = new JumpingTime();
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4), time);
        await using PiSystem _ = system;
        long before = time.GetTimestamp();
        await system.RunAsync(Shot(1.6f), Never);
        long after = time.GetTimestamp();
        double heldSeconds = 0, lookedAtSeconds;
        while (true)
        {
            double jumpedToSeconds = time.GetElapsedTime(after).TotalSeconds + 1;
            time.Jump(1); // one of more than 2 s would wake the watchdog
            await Task.Delay(200, Never); // the pulses are another thread's: they go on until the loop has come round
            lookedAtSeconds = time.GetElapsedTime(before).TotalSeconds;
            int edges = pi.Edges;
            if (!await Within(TimeSpan.FromSeconds(6), () => pi.Edges > edges + 1))
            {
                break;
            }

            heldSeconds = jumpedToSeconds;
        }

        // The lease lasts 10 s by the clock that the loop reads, however long this test was kept waiting: a step more where the loop came
        // round late, half a second less where it ended between the look and the next pulse.
        Assert.InRange(heldSeconds, 0, 11.5);
        Assert.InRange(lookedAtSeconds, 9.5, double.MaxValue);
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
        Measurement measured = await system.RunAsync(Shot(1.6f), Never);
        Assert.Equal(1.6f, measured.Volts[3], 0.002f);
    }

    [Fact]
    public async Task A_loop_that_hangs_in_a_reading_is_made_safe_by_its_watchdog_before_it_comes_round()
    {
        var time = new JumpingTime();
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4), time);
        await using PiSystem _ = system;
        using var hanging = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        pi.Sampled = () =>
        {
            hanging.Set();
            goOn.Wait(Patience);
        };
        Task<Measurement> running = Task.Run(() => system.RunAsync(Shot(1.6f), Never), Never);
        Assert.True(hanging.Wait(Patience, Never));
        Assert.Equal(0.75, pi.Drive); // 1.6 V of -3.2 to 3.2 V
        time.Jump(3); // the watchdog's limit is 2 s
        await Until(() => !pi.EnableIsHigh && pi.Drive == 0.5);
        pi.Sampled = null;
        goOn.Set();
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => running);
        Assert.Equal("pi-echo#1 is in fault: the loop came round too late while a block was played.", told.Message);
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
    }

    [Fact]
    public async Task A_block_that_ran_dry_is_played_again()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4));
        await using PiSystem _ = system;
        int words = 0, readings = 0;
        pi.Transferred = () => words++;
        pi.Sampled = () =>
        {
            if (++readings == 2) { Thread.Sleep(250); } // five samples long
        };
        Measurement measured = await system.RunAsync(Shot(1.6f), Never);
        Assert.Equal(1.6f, measured.Volts[3], 0.002f);
        Assert.True(words >= 2 * 5, $"{words} words"); // four and the one back to rest, twice
    }

    [Fact]
    public async Task A_computer_that_is_always_late_ends_the_run_in_a_sentence_with_the_outputs_safe()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(2));
        await using PiSystem _ = system;
        pi.Sampled = () => Thread.Sleep(150); // a sample has 50 ms, and may come 50 ms late
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(new Stimulus(0, 1, [1.6f, 1.6f], []), Never));
        Assert.Equal("pi-echo#1 ran dry while it played a block at 20 Hz, 8 times in a row.", told.Message);
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
    }

    [Fact]
    public async Task A_chip_that_fails_in_the_middle_of_a_block_ends_it()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(20));
        await using PiSystem _ = system;
        int transfers = 0;
        pi.Transferred = () =>
        {
            if (++transfers == 10) { throw new IOException("a wire fell off"); }
        };
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(1.6f, 20)], []), Never));
        Assert.Equal("pi-echo#1 is in fault: the converters failed while a block was played.", told.Message);
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
        Assert.True(transfers < 20, $"{transfers} transfers"); // it did not go on to the end of the 20 samples
    }

    [Fact]
    public async Task A_run_takes_the_time_that_its_samples_take()
    {
        await using PiSystem system = RealTimePi.Open(ShotShape.Throughout(20)).System;
        await system.RunAsync(new Stimulus(0, 1, new float[20], []), Never);
        Assert.True(system.Usage.PhysicsSeconds >= 20 / RealTimePi.RateHz, $"{system.Usage.PhysicsSeconds} s");
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        await using PiSystem system = RealTimePi.Open(ShotShape.Throughout(4)).System;
        await system.DisposeAsync();
    }

    private static bool EdgesHaveEnded(RealTimePi pi)
    {
        int before = pi.Edges;
        Thread.Sleep(100); // five turns of the loop
        return pi.Edges == before;
    }

    private static async Task Until(Func<bool> happened) => Assert.True(await Within(Patience, happened));

    private static async Task<bool> Within(TimeSpan patience, Func<bool> happened)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience) { return false; }
            await Task.Delay(5);
        }

        return true;
    }

    private static Stimulus Shot(float volts) => new(0, 1, [volts, volts, volts, volts], []);
}
