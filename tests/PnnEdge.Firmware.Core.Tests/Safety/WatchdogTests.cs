using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Safety;

/// <summary>Real threads on a clock that only the test moves; what is waited for is an event, never a span of time.</summary>
public class WatchdogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_block_that_hangs_is_made_safe_by_the_watchdogs_thread_and_ends_in_fault()
    {
        Rig rig = Rig.Ready();
        using ManualResetEventSlim plays = new(), bitten = new(), release = new();
        rig.Converters.Hook = call =>
        {
            if (call == "Play")
            {
                plays.Set();
                Assert.True(release.Wait(Patience));
            }
            else if (call == "MakeSafe" && plays.IsSet)
            {
                bitten.Set();
            }
        };
        rig.Link.Inbox.Enqueue(rig.Stimulus(1, Rig.Ramp()));
        DeviceThreads threads = Start(rig);
        Assert.True(plays.Wait(Patience));
        rig.Clock.Advance(500);
        Assert.False(bitten.Wait(300)); // at its limit the loop is not late
        rig.Clock.Advance(1);
        Assert.True(bitten.Wait(Patience));
        Assert.True(SpinWait.SpinUntil(() => rig.Converters.OutputsAreSafe, Patience));
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => rig.Loop.State == LinkState.Fault, Patience));
        threads.Stop();
        Assert.True(rig.HasTold(FaultCode.WatchdogLate));
        Assert.True(rig.Converters.OutputsAreSafe);

        // The block was cut: its measurement is not passed off as one.
        Assert.DoesNotContain(rig.Link.Sent, f => FrameHeader.Kind(f) == FrameKind.Measurement);
    }

    [Fact]
    public void An_exception_in_the_watchdogs_thread_is_latched_and_the_outputs_are_tried_again()
    {
        Rig rig = Rig.Ready();
        using ManualResetEventSlim plays = new(), safe = new(), release = new();
        int attempts = 0;
        rig.Converters.Hook = call =>
        {
            if (call == "Play")
            {
                plays.Set();
                Assert.True(release.Wait(Patience));
            }
            else if (call == "MakeSafe" && plays.IsSet && !release.IsSet)
            {
                if (++attempts == 1)
                {
                    throw new InvalidOperationException("no answer on the bus");
                }

                safe.Set();
            }
        };
        rig.Link.Inbox.Enqueue(rig.Stimulus(1, Rig.Ramp()));
        DeviceThreads threads = Start(rig);
        Assert.True(plays.Wait(Patience));
        rig.Clock.Advance(501);
        Assert.True(safe.Wait(Patience));
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => rig.Loop.State == LinkState.Fault, Patience));
        threads.Stop();
        Assert.True(rig.Converters.OutputsAreSafe);
        rig.Step();
        Assert.Equal(LinkState.Idle, rig.Accept(rig.Command(CommandCode.ClearFault, text: "cable")).State);
    }

    [Fact]
    public void An_exception_reported_by_another_thread_is_latched_in_the_next_pass()
    {
        Rig rig = Rig.Ready();
        rig.Loop.ReportFrom(new InvalidOperationException("watchdog lost its clock"));
        rig.Step();
        Assert.Equal(LinkState.Fault, rig.Loop.State);
        FaultReport told = FaultReport.Read(rig.Link.Sent.Single(f => FrameHeader.Kind(f) == FrameKind.Fault));
        Assert.Contains("watchdog lost its clock", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SetActuators", 0)]
    [InlineData("Play", 1)]
    public void A_loop_that_limps_on_after_a_bite_drives_nothing_more(string lateIn, int blocks)
    {
        Rig rig = Rig.Ready();
        rig.Converters.Hook = call =>
        {
            if (call == lateIn)
            {
                rig.Clock.Advance(501);
                Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis(), rig.Converters));
            }
        };
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(1, Rig.Ramp())).Reason);
        Assert.Equal(blocks, rig.Converters.Blocks);
        Assert.True(rig.HasTold(FaultCode.WatchdogLate));
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void A_loop_that_is_held_up_while_there_is_no_connection_goes_on_without_a_fault_and_says_so()
    {
        Rig rig = Rig.Ready();
        rig.Link.Connected = false;
        rig.Step();
        int before = rig.Converters.MadeSafe;
        rig.Clock.Advance(30_000);
        Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis(), rig.Converters));
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(before + 1, rig.Converters.MadeSafe);
        rig.Step();
        rig.Link.Connected = true;
        rig.Step();
        Assert.Equal(LinkState.Idle, rig.Loop.State);
        Assert.False(rig.HasTold(FaultCode.WatchdogLate));
        Assert.Contains("late without a connection", rig.Loop.Log.Text(1, out _), StringComparison.Ordinal);
        rig.Prepare();
        Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis() + 501, rig.Converters));
        rig.Step(501);
        Assert.Equal(LinkState.Fault, rig.Loop.State);
    }

    [Fact]
    public void A_late_loop_is_made_safe_at_every_look_until_it_comes_round()
    {
        Rig rig = Rig.Ready();
        int before = rig.Converters.MadeSafe;
        Assert.False(rig.Loop.Watchdog.Watch(rig.Clock.Millis() + 500, rig.Converters));
        Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis() + 501, rig.Converters));
        Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis() + 626, rig.Converters));
        Assert.Equal(before + 2, rig.Converters.MadeSafe);
        rig.Step(700);
        Assert.Equal(LinkState.Fault, rig.Loop.State);
        Assert.False(rig.Loop.Watchdog.Watch(rig.Clock.Millis(), rig.Converters));
    }

    [Fact]
    public void Stopping_ends_a_block_that_is_played_and_leaves_the_outputs_safe()
    {
        Rig rig = Rig.Ready();
        using ManualResetEventSlim plays = new(), ended = new();
        rig.Converters.Hook = call =>
        {
            if (call == "Play")
            {
                plays.Set();
                Assert.True(ended.Wait(Patience));
            }
            else if (call == "MakeSafe" && plays.IsSet)
            {
                ended.Set();
            }
        };
        rig.Link.Inbox.Enqueue(rig.Stimulus(1, Rig.Ramp()));
        DeviceThreads threads = Start(rig);
        Assert.True(plays.Wait(Patience));
        threads.Stop();
        Assert.True(rig.Converters.OutputsAreSafe);
        int receives = rig.Link.Receives;
        Thread.Sleep(50);
        Assert.Equal(receives, rig.Link.Receives);
    }

    [Fact]
    public void Stopping_with_converters_that_throw_once_still_ends_both_threads_and_leaves_the_outputs_safe()
    {
        Rig rig = Rig.Ready();
        bool stopping = false, thrown = false;
        rig.Converters.Hook = call =>
        {
            if (stopping && !thrown && call == "MakeSafe")
            {
                thrown = true;
                throw new InvalidOperationException("no answer on the bus");
            }
        };
        DeviceThreads threads = Start(rig);
        stopping = true;
        threads.Stop();
        Assert.True(thrown);
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void A_device_that_was_started_long_after_it_was_built_is_not_late()
    {
        Rig rig = new();
        rig.Clock.Advance(60_000);
        DeviceThreads threads = Start(rig);
        Assert.True(SpinWait.SpinUntil(() => rig.Loop.State == LinkState.Idle, Patience));
        threads.Stop();
        Assert.Equal(0u, rig.Loop.Counters.BlocksPlayed);
        Assert.DoesNotContain(rig.Link.Sent, f => FrameHeader.Kind(f) == FrameKind.Fault);
    }

    [Fact]
    public void A_link_that_throws_at_once_is_not_asked_without_a_pause()
    {
        Rig rig = Rig.Ready();
        rig.Link.Hook = call =>
        {
            if (call == "Receive")
            {
                throw new InvalidOperationException("radio gone");
            }
        };
        int before = rig.Link.Receives;
        long start = TimeProvider.System.GetTimestamp();
        DeviceThreads threads = new(rig.Loop, rig.Board, rig.Converters, rig.Clock);
        threads.Start();
        Thread.Sleep(300);
        threads.Stop();
        double passes = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds / DeviceThreads.LoopWaitMillis;

        // One ask per pause, and two for the ends.
        Assert.InRange(rig.Link.Receives - before, 1, (int)passes + 2);
    }

    /// <summary>F7: the host is gone; twice the default watchdog of 500 ms is the promise.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_its_host_a_device_is_safe_within_one_second(bool loopHangs)
    {
        Rig rig = new();
        rig.Step();
        rig.Accept(rig.Arm((uint)rig.Board.MinLeaseMillis()));
        rig.Accept(rig.Plan());
        rig.Accept(rig.Parameters(1, Rig.Volts));
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        int late = 0;
        while (!rig.Converters.OutputsAreSafe)
        {
            Assert.InRange(late += 5, 0, 2 * 500);
            rig.Clock.Advance(5);
            if (!loopHangs && late % DeviceThreads.LoopWaitMillis == 0)
            {
                rig.Loop.Step(0);
            }

            if (late % (500 / 4) == 0)
            {
                rig.Loop.Watchdog.Watch(rig.Clock.Millis(), rig.Converters);
            }
        }
    }

    /// <summary>Receiving takes a moment, as on a wire: the loop must not starve the machine of the test.</summary>
    private static DeviceThreads Start(Rig rig)
    {
        rig.Link.Hook = call => Thread.Sleep(call == "Receive" ? 1 : 0);
        DeviceThreads threads = new(rig.Loop, rig.Board, rig.Converters, rig.Clock);
        threads.Start();
        return threads;
    }
}
