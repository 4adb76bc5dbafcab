using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Firmware.Core.Tests.Inference;

/// <summary>A connection that is being made may hold up the whole device: never while a program drives the outputs.</summary>
public class DialTurnTests
{
    [Fact]
    public void While_a_connection_is_made_no_run_begins_and_the_one_that_is_due_follows_at_once()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 10);
        Assert.True(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
        for (int n = 0; n < 20; n++) { rig.Step(20); }
        Assert.Equal((0, true, 0u), (rig.Converters.Blocks, rig.Converters.OutputsAreSafe, rig.Loop.Counters.Total));
        rig.Loop.DialTurn.EndDial();
        rig.Step();
        Assert.Equal(SmallProgram.Layers, rig.Converters.Blocks);
    }

    [Fact]
    public void A_connection_waits_for_the_run_that_has_begun_and_is_next_then_however_short_the_timer()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 1);
        List<bool> asked = [];
        rig.Converters.Playing = (_, _, _, _) => asked.Add(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
        rig.Step(20);
        Assert.Equal([false, false], asked);
        rig.Step(20);
        rig.Step(20);
        Assert.Equal(SmallProgram.Layers, rig.Converters.Blocks);
        Assert.True(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void A_network_that_takes_its_time_while_the_loop_comes_round_holds_runs_up_for_5_seconds_and_no_longer()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 10);
        Assert.True(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
        for (int waited = 0; waited < DialTurn.LongestHoldMillis; waited += 20) { rig.Step(20); }
        Assert.Equal(0, rig.Converters.Blocks);
        rig.Step(20);
        Assert.Equal(SmallProgram.Layers, rig.Converters.Blocks);
    }

    [Fact]
    public void A_run_that_throws_keeps_nobody_waiting_once_its_outputs_are_safe()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 10);
        List<bool> whileMadeSafe = [];
        rig.Converters.Hook = call =>
        {
            if (call == "Play") { throw new InvalidOperationException("no clock"); }

            if (call == "MakeSafe") { whileMadeSafe.Add(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis())); }
        };
        rig.Step(20);
        Assert.Equal((LinkState.Fault, true), (rig.Loop.State, rig.Converters.OutputsAreSafe));
        Assert.Equal([false], whileMadeSafe);
        Assert.True(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
    }

    [Fact]
    public void A_request_that_comes_out_of_a_connection_that_is_gone_is_not_run_while_the_next_one_is_made()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 0);
        Assert.True(rig.Loop.DialTurn.BeginDial(rig.Clock.Millis()));
        rig.Give(rig.Infer(1, SmallProgram.Features));
        Assert.Equal((0, 1u), (rig.Converters.Blocks, rig.Loop.Counters.Of(RefusalReason.WrongState)));
        rig.Loop.DialTurn.EndDial();
        rig.Give(rig.Infer(1, SmallProgram.Features));
        Assert.Equal(SmallProgram.Layers, rig.Converters.Blocks);
    }

    /// <summary>Dialled at the end of time: the device's clock runs with the loop here, and a thread of the test may wait for longer than five of its seconds.</summary>
    private const long NeverLate = long.MaxValue;

    /// <summary>The loop runs its program as fast as it can in a thread of its own; this one dials, again and again.</summary>
    [Fact]
    public void Outputs_are_safe_throughout_a_hundred_connections_made_beside_a_program_that_never_rests()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 1);
        using CancellationTokenSource ended = new();
        Thread loop = new(() =>
        {
            while (!ended.IsCancellationRequested) { rig.Step(1); }
        });
        loop.Start();
        int driven = 0;
        try
        {
            for (int n = 0; n < 100; n++)
            {
                int before = rig.Converters.Blocks;
                Assert.True(SpinWait.SpinUntil(() => rig.Converters.Blocks > before, TimeSpan.FromSeconds(30)), "Dialling keeps the program from running.");
                Assert.True(SpinWait.SpinUntil(() => rig.Loop.DialTurn.BeginDial(NeverLate), TimeSpan.FromSeconds(30)), "The program keeps the device from dialling.");
                int blocks = rig.Converters.Blocks;
                for (int look = 0; look < 200; look++)
                {
                    driven += rig.Converters.OutputsAreSafe && rig.Converters.Blocks == blocks ? 0 : 1;
                }

                rig.Loop.DialTurn.EndDial();
            }
        }
        finally
        {
            ended.Cancel();
            loop.Join();
        }

        Assert.Equal(0, driven);
        Assert.NotEqual(LinkState.Fault, rig.Loop.State);
    }
}
