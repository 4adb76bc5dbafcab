using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Systems;

/// <summary>The loop and its watchdog on their own threads, on the host's time: what goes on while the host computes.</summary>
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
        await system.RunAsync(Shot(1.6f), Never);
        int before = pi.Edges;
        await Until(() => pi.Edges >= before + 3);
        await system.DisposeAsync();
        Assert.False(pi.EnableIsHigh);
        Assert.Equal(0.5, pi.Drive);
    }

    [Fact]
    public async Task An_interlock_that_opens_while_the_host_computes_makes_safe_at_once_and_is_told_at_the_next_call()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(4));
        await system.RunAsync(Shot(1.6f), Never);
        pi.OpenInterlock();
        await Until(() => !pi.EnableIsHigh && EdgesHaveEnded(pi));
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(Shot(1.6f), Never));
        Assert.Equal("pi-echo#1 is in fault: the external interlock is open.", told.Message);
        await system.DisposeAsync();
    }

    [Fact]
    public async Task A_chip_that_fails_in_the_middle_of_a_block_ends_it()
    {
        (PiSystem system, RealTimePi pi) = RealTimePi.Open(ShotShape.Throughout(40));
        int transfers = 0;
        pi.Transferred = () =>
        {
            if (++transfers == 10) { throw new IOException("a wire fell off"); }
        };
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(1.6f, 40)], []), Never));
        Assert.Equal("pi-echo#1 is in fault: the converters failed while a block was played.", told.Message);
        Assert.Equal((false, 0.5), (pi.EnableIsHigh, pi.Drive));
        Assert.True(transfers < 20, $"{transfers} transfers"); // it did not go on to the end of the 40 samples
        await system.DisposeAsync();
    }

    [Fact]
    public async Task A_run_takes_the_time_that_its_samples_take()
    {
        (PiSystem system, _) = RealTimePi.Open(ShotShape.Throughout(20));
        await system.RunAsync(new Stimulus(0, 1, new float[20], []), Never);
        Assert.True(system.Usage.PhysicsSeconds >= 20 / RealTimePi.RateHz, $"{system.Usage.PhysicsSeconds} s");
        await system.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        (PiSystem system, _) = RealTimePi.Open(ShotShape.Throughout(4));
        await system.DisposeAsync();
        await system.DisposeAsync();
    }

    private static bool EdgesHaveEnded(RealTimePi pi)
    {
        int before = pi.Edges;
        Thread.Sleep(100); // five turns of the loop
        return pi.Edges == before;
    }

    private static async Task Until(Func<bool> happened)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience);
            await Task.Delay(5);
        }
    }

    private static Stimulus Shot(float volts) => new(0, 1, [volts, volts, volts, volts], []);
}
