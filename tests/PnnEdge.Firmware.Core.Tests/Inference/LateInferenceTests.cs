using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Inference;

/// <summary>A loop that is held up while a program plays: a fault while there is somebody to clear it, a run without an answer otherwise.</summary>
public class LateInferenceTests
{
    [Fact]
    public void Within_a_layer_it_ends_a_request_in_fault_without_an_answer()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 0);
        rig.Converters.Playing = (_, _, _, _) => HoldUp(rig, watchdogIsFirst: true);
        rig.Link.Remembers = true;
        List<byte[]> sent = rig.Give(rig.Infer(1, SmallProgram.Features));
        Assert.DoesNotContain(sent, frame => FrameHeader.Kind(frame) == FrameKind.InferResult);
        Assert.True(rig.HasTold(FaultCode.WatchdogLate));
        Assert.Equal((1, true), (rig.Converters.Blocks, rig.Converters.OutputsAreSafe));
    }

    [Fact]
    public void Within_a_layer_it_ends_a_run_on_the_timer_in_fault_while_there_is_a_connection()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 10);
        rig.Input.Sees = SmallProgram.Features;
        rig.Converters.Playing = (_, _, _, _) => HoldUp(rig, watchdogIsFirst: true);
        rig.Link.Remembers = true;
        rig.Step(20);
        Assert.True(rig.HasTold(FaultCode.WatchdogLate));
        Assert.Equal((LinkState.Fault, 1, true), (rig.Loop.State, rig.Converters.Blocks, rig.Converters.OutputsAreSafe));
    }

    /// <summary>Whichever thread comes round first after the whole device stood still, it is the same; only the log knows more.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_connection_the_run_has_run_dry_and_the_next_one_answers(bool watchdogIsFirst)
    {
        Rig rig = SmallProgram.Offline(timerMillis: 10);
        rig.Converters.Playing = (_, _, _, _) => HoldUp(rig, watchdogIsFirst);
        rig.Step(20);
        RequireDry(rig, 1);

        (rig.Converters.Playing, rig.Converters.PlayReturns) = (null, 0);
        rig.Step(20);
        Assert.Equal((1 + SmallProgram.Layers, true), (rig.Converters.Blocks, rig.Converters.OutputsAreSafe));
        rig.Link.Remembers = rig.Link.Connected = true;
        List<byte[]> sent = rig.Step(5);
        Assert.Equal(1u, FrameHeader.Sequence(Assert.Single(sent, frame => FrameHeader.Kind(frame) == FrameKind.InferResult)));
        Assert.DoesNotContain(sent, frame => FrameHeader.Kind(frame) == FrameKind.Fault);
        Assert.Equal(watchdogIsFirst, HasLogged(rig, "late without a connection; outputs made safe"));
    }

    /// <summary>The bite falls between the end of a layer and the feed before the next.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Between_two_layers_it_is_the_same(bool isConnected)
    {
        Rig rig = isConnected ? SmallProgram.Deployed(timerMillis: 10) : SmallProgram.Offline(timerMillis: 10);
        rig.Input.Sees = SmallProgram.Features;
        bool hasBitten = false;
        rig.Clock.Hook = () =>
        {
            if (rig.Converters.Blocks == 1 && !hasBitten)
            {
                hasBitten = true;
                HoldUp(rig, watchdogIsFirst: true);
            }
        };
        rig.Step(20);
        Assert.True(hasBitten);
        Assert.Equal((1, true), (rig.Converters.Blocks, rig.Converters.OutputsAreSafe));
        if (!isConnected) { RequireDry(rig, 1); }

        rig.Input.Sees = null;
        rig.Step(20);
        Assert.Equal(isConnected ? LinkState.Fault : LinkState.Safe, rig.Loop.State);
        Assert.Equal(!isConnected, HasLogged(rig, "late without a connection; outputs made safe"));
    }

    [Fact]
    public void A_request_left_over_from_a_connection_that_is_gone_ends_so_too()
    {
        Rig rig = SmallProgram.Offline(timerMillis: 0);
        rig.Converters.Playing = (_, _, _, _) => HoldUp(rig, watchdogIsFirst: true);
        rig.Give(rig.Infer(1, SmallProgram.Features));
        RequireDry(rig, 1);
    }

    private static void RequireDry(Rig rig, int blocks)
    {
        Assert.Equal((LinkState.Safe, blocks, true), (rig.Loop.State, rig.Converters.Blocks, rig.Converters.OutputsAreSafe));
        Assert.Equal((1u, 1u), (rig.Loop.Counters.Of(RefusalReason.WrongState), rig.Loop.Counters.Total));
    }

    /// <summary>The whole device stands still for longer than the watchdog waits, with a block half played; word by word that block has run dry.</summary>
    private static void HoldUp(Rig rig, bool watchdogIsFirst)
    {
        rig.Clock.Advance(rig.Board.LoopWatchdogMillis + 1);
        rig.Converters.PlayReturns = MeasurementBlock.UnderrunFlag;
        if (watchdogIsFirst)
        {
            Assert.True(rig.Loop.Watchdog.Watch(rig.Clock.Millis(), rig.Converters));
        }
    }

    private static bool HasLogged(Rig rig, string text) => rig.Loop.Log.Text(rig.Loop.BootId, out _).Contains(text, StringComparison.Ordinal);
}
