using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;
using static PnnEdge.Wire.Tests.Clauses.ChangedFrames;

namespace PnnEdge.Wire.Tests.Clauses;

public class FrameLengthClauses
{
    [Fact]
    [Clause("F-1", Accepts)]
    public void A_frame_as_long_as_it_says_is_opened() => Assert.Equal(RefusalReason.Accepted, Open(Golden("stimulus")));

    [Fact]
    [Clause("F-1", Accepts)]
    public void A_frame_in_a_longer_buffer_is_opened()
    {
        byte[] buffer = new byte[4096];
        byte[] frame = Golden("stimulus");
        frame.CopyTo(buffer, 0);
        Assert.Equal(RefusalReason.Accepted, Open(buffer, frame.Length));
    }

    [Theory]
    [Clause("F-1", Refuses)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(-1)]
    public void Less_than_a_header_is_too_short(int length) => Assert.Equal(RefusalReason.TooShort, Open(Golden("stimulus"), length));

    [Fact]
    [Clause("F-1", Refuses)]
    public void A_length_beyond_the_buffer_is_too_short()
    {
        Assert.Equal(RefusalReason.TooShort, Open(Golden("stimulus"), 65));
        Assert.Equal(RefusalReason.TooShort, Open(null!, 40));
    }

    [Theory]
    [Clause("F-1", Refuses)]
    [InlineData(23u)]
    [InlineData(25u)]
    [InlineData(0u)]
    [InlineData(0x80000018u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_payload_length_that_is_not_the_messages_is_refused(uint said)
    {
        byte[] frame = Golden("stimulus");
        Bytes.PutUInt32(frame, FrameHeader.PayloadLengthAt, said);
        Assert.Equal(RefusalReason.WrongLength, Open(frame));
    }

    [Theory]
    [Clause("F-1", Refuses)]
    [InlineData("parameters", ParameterFrame.CountAt, 2)]
    [InlineData("parameters", ParameterFrame.CountAt, 4)]
    [InlineData("stimulus", StimulusBlock.ShotsAt, 0)]
    [InlineData("stimulus", StimulusBlock.ShotsAt, 4)]
    [InlineData("measurement", MeasurementBlock.ShotsAt, 0)]
    [InlineData("measurement", MeasurementBlock.ShotsAt, 3)]
    [InlineData("command-clear-fault", CommandFrame.TextLengthAt, 24)]
    [InlineData("fault-hot", FaultReport.TextLengthAt, 8)]
    [InlineData("heartbeat", Heartbeat.CountersAt, 31)]
    [InlineData("infer-request", InferRequest.CountAt, 3)]
    [InlineData("infer-result", InferResult.CountAt, 3)]
    [InlineData("hello-bench", BirthCertificate.ChannelsAt, 2)]
    [InlineData("hello-bench", BirthCertificate.BoardLengthAt, 12)]
    public void A_payload_that_contradicts_its_own_counts_is_refused(string name, int at, byte value) =>
        Assert.Equal(RefusalReason.WrongLength, Open(Changed(name, at, value)));

    [Theory]
    [Clause("F-1", Refuses)]
    [InlineData("hello-bare")]
    [InlineData("plan")]
    [InlineData("parameters")]
    [InlineData("stimulus")]
    [InlineData("measurement")]
    [InlineData("command-arm")]
    [InlineData("reply-armed")]
    [InlineData("fault-bare")]
    [InlineData("heartbeat")]
    [InlineData("infer-request")]
    [InlineData("infer-result")]
    public void A_payload_of_any_shorter_length_is_refused_whatever_lies_behind_it(string name)
    {
        byte[] whole = Golden(name);
        for (int payload = 0; payload < whole.Length - FrameHeader.Bytes; payload++)
        {
            byte[] frame = (byte[])whole.Clone();
            int length = FrameHeader.Seal(frame, payload, Crc);
            RefusalReason reason = Open(frame, length);

            // Two words fewer can be two shots again: then it is another, valid block.
            bool isShorterBlock = name is "stimulus" or "measurement" && reason == RefusalReason.Accepted;
            Assert.True(isShorterBlock || reason == RefusalReason.WrongLength, $"{name} of {payload} payload bytes: {reason}.");
        }
    }

    [Fact]
    [Clause("F-4", Accepts)]
    public void A_frame_of_exactly_the_longest_length_is_taken() => Assert.Equal(RefusalReason.Accepted, Open(Golden("stimulus"), max: 64));

    [Fact]
    [Clause("F-4", Refuses)]
    public void One_byte_more_is_too_long_and_nothing_is_computed_over_it()
    {
        CountingCrc crc = new();
        byte[] frame = Golden("stimulus");
        Assert.Equal(RefusalReason.TooLong, FrameCheck.Open(frame, frame.Length, frame.Length - 1, crc));
        Assert.Equal(0, crc.Computed);
    }

    [Fact]
    [Clause("F-4", Refuses)]
    public void A_device_refuses_a_frame_longer_than_it_said_in_hello()
    {
        DeviceBench bench = DeviceBench.Ready();
        int[] codes = Enumerable.Repeat(HostFrame.RestCode, 3 * 100).ToArray();
        bench.RefuseUnanswered(HostFrame.Stimulus(1, codes), RefusalReason.TooLong);
    }

    private sealed class CountingCrc : Ports.ICrc32
    {
        internal int Computed { get; private set; }

        public uint Compute(byte[] buffer, int offset, int count)
        {
            Computed += count;
            return 0;
        }
    }
}
