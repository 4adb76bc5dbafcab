using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Device;

public class StartTests
{
    [Fact]
    public void Outputs_are_safe_before_link_storage_or_health_are_touched()
    {
        List<string> order = [];
        Rig rig = new(beforeBoot: r =>
        {
            r.Converters.Hook = call => order.Add("converters." + call);
            r.Link.Hook = call => order.Add("link." + call);
            r.Storage.Hook = call => order.Add("storage." + call);
            r.Health.Hook = call => order.Add("health." + call);
        });
        Assert.Equal("converters.MakeSafe", order[0]);
        Assert.DoesNotContain(order, call => call.StartsWith("link.", StringComparison.Ordinal));
        rig.Step();
        Assert.DoesNotContain("converters.PulseEnable", order);
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void A_board_of_four_channels_sets_aside_no_room_for_the_hello_of_sixty_four()
    {
        Rig rig = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new DeviceLoop(rig.Board, rig.Converters, rig.Health, rig.Link, rig.Clock, rig.Storage, new HostCrc32(), 9, new HostMac(), rig.Input, updates: null);
        long others = GC.GetAllocatedBytesForCurrentThread() - before - rig.Board.FrameMemoryBytes - rig.Board.ProgramBytes;

        // 5 KB of objects in this runtime, the outbox among them; room for sixty more channels would be 3,120 bytes more.
        Assert.InRange(others, 1, 6_500);
    }

    [Fact]
    public void Hello_is_the_first_frame_of_every_connection_and_the_fault_follows_it()
    {
        Rig rig = new(beforeBoot: r => r.Converters.SafeReturns = FaultCode.ConverterFailed);
        Assert.Empty(rig.Link.Sent);
        Assert.Equal([FrameKind.Hello, FrameKind.Fault], rig.Step().Select(FrameHeader.Kind));
        rig.Link.Connected = false;
        rig.Step();
        rig.Link.Connected = true;
        Assert.Equal([FrameKind.Hello, FrameKind.Fault], rig.Step().Select(FrameHeader.Kind));
    }

    [Fact]
    public void A_hello_that_the_link_did_not_take_is_sent_again_and_nobody_may_arm_before()
    {
        Rig rig = new();
        rig.Link.Refuses = true;
        rig.Step();
        Assert.Equal(LinkState.Safe, rig.Loop.State);
        rig.Link.Inbox.Enqueue(rig.Arm());
        rig.Step();
        Assert.Equal(LinkState.Safe, rig.Loop.State);
        rig.Link.Refuses = false;
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(rig.Step()[0]));
        Assert.Equal(LinkState.Idle, rig.Loop.State);
        Assert.Contains(("$state", "ready"), rig.Link.Published);
    }

    [Fact]
    public void A_slow_plane_that_the_link_did_not_take_comes_with_the_next_health()
    {
        Rig rig = new();
        bool full = true;
        rig.Link.Hook = call =>
        {
            rig.Link.Refuses = full && call == "Publish";
        };
        rig.Step();
        Assert.Empty(rig.Link.Published);
        full = false;
        rig.Step(1000);
        Assert.Contains(("$state", "ready"), rig.Link.Published);
        Assert.Contains(rig.Link.Published, p => p.Leaf == "limits");
        Assert.Contains(rig.Link.Published, p => p.Leaf == "status");
    }

    [Fact]
    public void Converters_that_throw_at_boot_leave_a_device_in_fault_that_can_be_asked_and_cleared()
    {
        bool broken = true;
        Rig rig = new(beforeBoot: r => r.Converters.Hook = call =>
        {
            if (broken)
            {
                throw new InvalidOperationException("no answer on the bus");
            }
        });
        rig.Step();
        Assert.Equal(LinkState.Fault, rig.Loop.State);
        Assert.True(rig.HasTold(FaultCode.Exception));
        Assert.Contains(rig.Give(rig.Command(CommandCode.Identify)), f => FrameHeader.Kind(f) == FrameKind.Hello);
        broken = false;
        rig.Step();
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Idle, rig.Accept(rig.Command(CommandCode.ClearFault, text: "bus cable plugged in")).State);
    }

    [Fact]
    public void Outputs_that_do_not_read_back_safe_are_made_safe_again_in_every_pass_until_they_do()
    {
        Rig rig = new(beforeBoot: r => r.Converters.SafeReturns = FaultCode.ConverterFailed);
        rig.Step();
        int before = rig.Converters.MadeSafe;
        rig.Step();
        rig.Step();
        Assert.Equal(before + 2, rig.Converters.MadeSafe);
        rig.Converters.SafeReturns = FaultCode.None;
        rig.Step();
        rig.Step();
        Assert.Equal(before + 3, rig.Converters.MadeSafe);
        Assert.Equal(LinkState.Fault, rig.Loop.State);
    }

    [Fact]
    public void A_board_that_contradicts_itself_does_not_start_and_its_outputs_are_safe()
    {
        foreach (Action<Board> mistake in new Action<Board>[]
        {
            b => b.MaxFrameBytes = 40,
            b => b.FrameMemoryBytes = b.MaxFrameBytes - 1,
            b => b.ParameterSets = 0,
            b => b.LongestTransferMillis = (b.MaxLeaseMillis / 4) + 1,
            b => b.LoopWatchdogMillis = b.LongestTransferMillis,
            b => b.HeartbeatMillis = 0,
            b => b.ProgramBytes = -1,
            b => b.KeptResults = -1,
            b => b.Channels = [b.Channels[0], .. b.Channels], // a program has one of each
            b => b.Channels = [new("drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -3f, 3f, 2f, 4f, 1)],
        })
        {
            RecordingConverters? converters = null;
            Assert.Throws<ArgumentException>(() => new Rig(beforeBoot: r =>
            {
                converters = r.Converters;
                mistake(r.Board);
            }));
            Assert.True(converters!.OutputsAreSafe);
        }
    }

    [Theory]
    [InlineData(12, -10f, 10f, 20f)]
    [InlineData(16, -3f, 10f, 20f)]
    [InlineData(16, -10f, 3f, 20f)]
    [InlineData(16, -10f, 10f, 19.9f)]
    public void A_board_whose_span_would_let_forbidden_words_through_does_not_start(int bits, float limitMin, float limitMax, float maxStep)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Rig(beforeBoot: r => Span(r.Board, bits, limitMin, limitMax, maxStep)));
        Assert.Equal("Channel drive is guarded by its span and needs 16 bits, limits that are its range, and a step as large.", refused.Message);
    }

    [Fact]
    public void A_board_whose_span_allows_every_word_starts() =>
        Assert.Equal(LinkState.Safe, new Rig(beforeBoot: r => Span(r.Board, 16, -10f, 10f, 20f)).Loop.State);

    private static void Span(Board board, int bits, float limitMin, float limitMax, float maxStep) => (board.ProgramBytes, board.Channels) =
        (0, [new("drive", ChannelRole.Stimulus, bits, LimitGuard.Span, OnInvalid.SafeValue, -10f, 10f, limitMin, limitMax, maxStep, 0f, 1)]);
}
