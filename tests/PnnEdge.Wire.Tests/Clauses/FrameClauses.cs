using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Vectors;
using static PnnEdge.Wire.Tests.Clauses.ChangedFrames;

namespace PnnEdge.Wire.Tests.Clauses;

public class FrameClauses
{
    [Fact]
    [Clause("F-2", Accepts)]
    public void The_magic_reads_PN() => Assert.Equal("PN"u8.ToArray(), Golden("plan")[..2]);

    [Theory]
    [Clause("F-2", Refuses)]
    [InlineData(0)]
    [InlineData(1)]
    public void Another_magic_is_refused(int at) => Assert.Equal(RefusalReason.WrongMagic, Open(WithAnotherMagic("plan", at)));

    [Fact]
    [Clause("F-3", Accepts)]
    public void Version_1_is_opened() => Assert.Equal(1, Golden("plan")[FrameHeader.VersionAt]);

    [Theory]
    [Clause("F-3", Refuses)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void Another_version_is_refused_with_a_right_crc(byte version)
    {
        byte[] frame = Golden("plan");
        frame[FrameHeader.VersionAt] = version;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.WrongVersion, Open(frame));
    }

    [Fact]
    [Clause("F-5", Accepts)]
    public void Opening_leaves_the_frame_as_it_was()
    {
        byte[] frame = Golden("stimulus");
        Assert.Equal(RefusalReason.Accepted, Open(frame));
        Assert.Equal(Golden("stimulus"), frame);
    }

    [Fact]
    [Clause("F-5", Refuses)]
    public void Every_single_flipped_bit_is_refused_and_the_frame_left_as_it_was()
    {
        byte[] frame = Golden("stimulus");
        for (int bit = 0; bit < 8 * frame.Length; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] before = (byte[])frame.Clone();
            Assert.NotEqual(RefusalReason.Accepted, Open(frame));
            Assert.Equal(before, frame);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    [Clause("F-5", Refuses)]
    public void A_crc_over_the_payload_alone_is_refused()
    {
        byte[] frame = Golden("stimulus");
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, Crc.Compute(frame, FrameHeader.Bytes, frame.Length - FrameHeader.Bytes));
        Assert.Equal(RefusalReason.WrongCrc, Open(frame));
    }

    [Fact]
    [Clause("F-6", Accepts)]
    public void Every_kind_of_the_table_is_opened() =>
        Assert.All(GoldenFrames.All, g => Assert.Equal(RefusalReason.Accepted, Open(g.Value.Encode())));

    [Theory]
    [Clause("F-6", Refuses)]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(255)]
    public void A_kind_outside_the_table_is_refused(byte kind) =>
        Assert.Equal(RefusalReason.UnknownKind, Open(Changed("plan", FrameHeader.KindAt, kind)));

    [Fact]
    [Clause("F-7", Accepts)]
    public void Every_defined_reason_and_device_state_can_be_replied()
    {
        foreach (RefusalReason reason in Enum.GetValues<RefusalReason>())
        {
            Assert.Equal(RefusalReason.Accepted, Open(Changed("reply-armed", ReplyFrame.ReasonAt, (byte)reason)));
        }

        for (LinkState state = LinkState.Safe; state <= LinkState.Fault; state++)
        {
            Assert.Equal(RefusalReason.Accepted, Open(Changed("reply-armed", ReplyFrame.StateAt, (byte)state)));
        }
    }

    [Theory]
    [Clause("F-7", Refuses)]
    [InlineData("hello-bench", BirthCertificate.BootAt, 6)]
    [InlineData("program-piece", ProgramChunk.CargoAt, 2)]
    [InlineData("hello-bench", BirthCertificate.SimulatedAt, 2)]
    [InlineData("hello-bench", BirthCertificate.StateAt, 1)]
    [InlineData("hello-bench", BirthCertificate.StateAt, 7)]
    [InlineData("plan", RunPlan.ReservedAt, 1)]
    [InlineData("plan", RunPlan.ReservedAt + 2, 128)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.CodingAt, 2)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.PurposeAt, 2)]
    [InlineData("parameters", ParameterFrame.ReservedAt, 1)]
    [InlineData("stimulus", StimulusBlock.ReservedAt + 1, 1)]
    [InlineData("measurement", MeasurementBlock.FlagsAt, 2)]
    [InlineData("measurement", MeasurementBlock.FlagsAt + 1, 1)]
    [InlineData("command-arm", CommandFrame.ReservedAt, 1)]
    [InlineData("reply-armed", ReplyFrame.ReasonAt, 34)]
    [InlineData("reply-armed", ReplyFrame.StateAt, 0)]
    [InlineData("reply-armed", ReplyFrame.AnsweredKindAt, 0)]
    [InlineData("reply-armed", ReplyFrame.AnsweredKindAt, 13)]
    [InlineData("reply-armed", ReplyFrame.CommandAt, 6)]
    [InlineData("fault-hot", FaultReport.CodeAt, 8)]
    [InlineData("heartbeat", Heartbeat.ReservedAt, 1)]
    [InlineData("heartbeat", Heartbeat.StateAt, 255)]
    [InlineData("infer-request", InferRequest.ReservedAt, 1)]
    public void A_reserved_or_undefined_value_is_refused(string name, int at, byte value) =>
        Assert.Equal(RefusalReason.ReservedNotZero, Open(Changed(name, at, value)));

    [Theory]
    [Clause("F-10", Accepts)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    [InlineData(float.Epsilon)]
    [InlineData(-0f)]
    public void Every_finite_float_is_opened(float value) =>
        Assert.Equal(RefusalReason.Accepted, Open(WithFloat("parameters", ParameterFrame.VoltsAt, value)));

    [Theory]
    [Clause("F-10", Refuses)]
    [InlineData("parameters", ParameterFrame.VoltsAt)]
    [InlineData("parameters", ParameterFrame.VoltsAt + 8)]
    [InlineData("infer-request", InferRequest.FeaturesAt + 4)]
    [InlineData("infer-result", InferResult.ConfidenceAt)]
    [InlineData("infer-result", InferResult.ScoresAt)]
    [InlineData("fault-hot", FaultReport.AskedAt)]
    [InlineData("fault-hot", FaultReport.LimitAt)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.MinVoltsAt)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.SafeVoltsAt)]
    public void No_float_may_be_infinite_or_not_a_number(string name, int at)
    {
        float[] notFinite = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0x7F800001)];
        Assert.All(notFinite, value => Assert.Equal(RefusalReason.NotFinite, Open(WithFloat(name, at, value))));
    }

    private static byte[] WithFloat(string name, int at, float value) => Changed(name, at, BitConverter.GetBytes(value));

    private static byte[] WithAnotherMagic(string name, int at)
    {
        byte[] frame = Golden(name);
        frame[at] ^= 0x20;
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, 0);
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, Crc.Compute(frame, 0, frame.Length));
        return frame;
    }
}
