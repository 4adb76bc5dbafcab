using System.Text;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class CommandClauses
{
    private static readonly HostCrc32 Crc = new();

    private static RefusalReason OpenCommand(byte code, int textLength, byte[] text)
    {
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes + text.Length];
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 0, 0, 0);
        frame[CommandFrame.CodeAt] = code;
        frame[CommandFrame.TextLengthAt] = (byte)textLength;
        text.CopyTo(frame, CommandFrame.TextAt);
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        return FrameCheck.Open(frame, frame.Length, 4096, Crc);
    }

    [Theory]
    [Clause("C-1", Accepts)]
    [InlineData(CommandCode.Identify)]
    [InlineData(CommandCode.Arm)]
    [InlineData(CommandCode.Renew)]
    [InlineData(CommandCode.Disarm)]
    [InlineData(CommandCode.ClearFault)]
    public void A_code_of_the_table_is_a_command(CommandCode code) => Assert.Equal(RefusalReason.Accepted, OpenCommand((byte)code, 0, []));

    [Theory]
    [Clause("C-1", Refuses)]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(255)]
    public void Any_other_code_is_refused(byte code) => Assert.Equal(RefusalReason.UnknownCommand, OpenCommand(code, 0, []));

    [Fact]
    [Clause("C-2", Accepts)]
    public void A_text_of_120_bytes_is_read_as_it_was_written()
    {
        string text = string.Concat(Enumerable.Repeat("ü€", 24)); // 2 + 3 bytes each
        byte[] frame = new byte[256];
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 0, 0, 0);
        int length = FrameHeader.Seal(frame, CommandFrame.Write(frame, CommandCode.ClearFault, 1, 0, text), Crc);
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(frame, length, 4096, Crc));
        Assert.Equal(text, CommandFrame.Text(frame));
    }

    [Theory]
    [Clause("C-2", Refuses)]
    [InlineData(121)]
    [InlineData(255)]
    public void A_longer_text_is_refused_even_when_the_payload_is_as_long(int bytes) =>
        Assert.Equal(RefusalReason.WrongLength, OpenCommand(5, bytes, new byte[bytes]));

    [Theory]
    [Clause("C-2", Refuses)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(0)]
    public void A_text_that_is_not_as_long_as_it_says_is_refused(int said) =>
        Assert.Equal(RefusalReason.WrongLength, OpenCommand(5, said, Encoding.UTF8.GetBytes("ten bytes!")));

    [Theory]
    [Clause("C-2", Refuses)]
    [InlineData(121)]
    [InlineData(256)]
    [InlineData(300)]
    public void A_host_that_writes_a_longer_text_writes_a_frame_that_is_refused(int bytes)
    {
        byte[] frame = new byte[512];
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 0, 0, 0);
        int length = FrameHeader.Seal(frame, CommandFrame.Write(frame, CommandCode.ClearFault, 1, 0, new string('x', bytes)), Crc);
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, length, 4096, Crc));
    }

    [Fact]
    [Clause("C-3", Accepts)]
    public void A_reply_repeats_what_it_answers_and_says_what_was_set()
    {
        DeviceBench bench = DeviceBench.Ready();
        byte[] renew = bench.Accept(HostFrame.Command(CommandCode.Renew, 7, 1500)).Frame;
        Assert.Equal((FrameKind.Command, CommandCode.Renew), (ReplyFrame.AnsweredKind(renew), ReplyFrame.Command(renew)));
        Assert.Equal((7u, 7u), (FrameHeader.Sequence(renew), ReplyFrame.AnsweredSequence(renew)));
        Assert.Equal((LinkState.Armed, 1500u, 0u), (ReplyFrame.State(renew), ReplyFrame.ValueSet(renew), ReplyFrame.Detail(renew)));
        byte[] set = bench.Accept(HostFrame.Parameters(8, 2, 1f, 1f)).Frame;
        Assert.Equal((FrameKind.Parameters, CommandCode.None, 2u), (ReplyFrame.AnsweredKind(set), ReplyFrame.Command(set), ReplyFrame.ValueSet(set)));
        Assert.Equal((2u, HostFrame.HashOf(1f, 1f)), (FrameHeader.ParameterVersion(set), FrameHeader.ParameterHash(set)));
    }

    [Fact]
    [Clause("C-3", Accepts)]
    public void A_reply_carries_the_devices_clock_of_now()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Plan(3));
        bench.Step(123);
        Assert.Equal((uint)bench.Clock.NowMillis, FrameHeader.DeviceMillis(bench.Accept(HostFrame.Plan(3)).Frame));
    }

    [Fact]
    [Clause("C-3", Refuses)]
    public void A_refusal_repeats_what_it_refuses()
    {
        byte[] refused = DeviceBench.Ready().Refuse(HostFrame.Stimulus(55, 0, 0, 0), RefusalReason.OutOfRange).Frame;
        Assert.Equal((FrameKind.Stimulus, CommandCode.None, 55u), (ReplyFrame.AnsweredKind(refused), ReplyFrame.Command(refused), ReplyFrame.AnsweredSequence(refused)));
        Assert.Equal(LinkState.Armed, ReplyFrame.State(refused));
    }

    [Theory]
    [Clause("C-3", Refuses)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_reply_of_another_length_is_refused(int payload)
    {
        byte[] frame = new byte[64];
        FrameHeader.Write(frame, FrameKind.Reply, 0, 0, 0, 0, 0);
        ReplyFrame.Write(frame, FrameKind.Plan, CommandCode.None, RefusalReason.Accepted, LinkState.Idle, 0, 0, 0);
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, FrameHeader.Seal(frame, payload, Crc), 4096, Crc));
    }

    [Fact]
    [Clause("C-4", Accepts)]
    public void What_the_state_allows_is_done()
    {
        DeviceBench bench = DeviceBench.Connected();
        Assert.Equal(LinkState.Armed, bench.Accept(HostFrame.Arm()).State);
        Assert.Equal(LinkState.Armed, bench.Accept(HostFrame.Arm()).State);
        Assert.Equal(LinkState.Idle, bench.Accept(HostFrame.Command(CommandCode.Disarm, 1)).State);
    }

    [Theory]
    [Clause("C-4", Refuses)]
    [InlineData(CommandCode.Renew, RefusalReason.NotArmed)]
    [InlineData(CommandCode.Disarm, RefusalReason.NotArmed)]
    [InlineData(CommandCode.ClearFault, RefusalReason.WrongState)]
    public void An_idle_device_has_nothing_to_renew_give_back_or_clear(CommandCode code, RefusalReason reason) =>
        DeviceBench.Connected().Refuse(HostFrame.Command(code, 1, 1000, "why not"), reason);
}
