using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

public class FrameClauses
{
    private static readonly HostCrc32 Crc = new();

    private static byte[] Golden(string name) => GoldenVector.Read(name).Bytes;

    private static RefusalReason Open(byte[] frame, int? length = null, int max = 4096) =>
        FrameCheck.Open(frame, length ?? frame.Length, max, Crc);

    /// <summary>The golden frame with some bytes changed and its CRC made right again.</summary>
    private static byte[] Changed(string name, int at, params byte[] to)
    {
        byte[] frame = Golden(name);
        to.CopyTo(frame, at);
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        return frame;
    }

    private static byte[] WithFloat(string name, int at, float value) => Changed(name, at, BitConverter.GetBytes(value));

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
    [InlineData(12)]
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
    [InlineData("hello-bench", BirthCertificate.ReservedAt, 1)]
    [InlineData("hello-bench", BirthCertificate.SimulatedAt, 2)]
    [InlineData("hello-bench", BirthCertificate.StateAt, 1)]
    [InlineData("hello-bench", BirthCertificate.StateAt, 7)]
    [InlineData("plan", RunPlan.ReservedAt, 1)]
    [InlineData("plan", RunPlan.ReservedAt + 2, 128)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.ReservedAt, 1)]
    [InlineData("hello-bench", BirthCertificate.TextAt + 18 + ChannelRecord.ReservedAt + 1, 128)]
    [InlineData("parameters", ParameterFrame.ReservedAt, 1)]
    [InlineData("stimulus", StimulusBlock.ReservedAt + 1, 1)]
    [InlineData("measurement", MeasurementBlock.FlagsAt, 2)]
    [InlineData("measurement", MeasurementBlock.FlagsAt + 1, 1)]
    [InlineData("command-arm", CommandFrame.ReservedAt, 1)]
    [InlineData("reply-armed", ReplyFrame.ReasonAt, 32)]
    [InlineData("reply-armed", ReplyFrame.StateAt, 0)]
    [InlineData("reply-armed", ReplyFrame.AnsweredKindAt, 0)]
    [InlineData("reply-armed", ReplyFrame.AnsweredKindAt, 12)]
    [InlineData("reply-armed", ReplyFrame.CommandAt, 6)]
    [InlineData("fault-hot", FaultReport.CodeAt, 8)]
    [InlineData("heartbeat", Heartbeat.ReservedAt, 1)]
    [InlineData("heartbeat", Heartbeat.StateAt, 255)]
    [InlineData("infer-request", InferRequest.ReservedAt, 1)]
    public void A_reserved_or_undefined_value_is_refused(string name, int at, byte value) =>
        Assert.Equal(RefusalReason.ReservedNotZero, Open(Changed(name, at, value)));

    [Fact]
    [Clause("F-8", Accepts)]
    public void A_device_takes_the_kinds_that_a_host_sends()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        Assert.Equal(0u, bench.Loop.Counters.Of(RefusalReason.WrongDirection));
    }

    [Theory]
    [Clause("F-8", Refuses)]
    [InlineData("hello-bench")]
    [InlineData("measurement")]
    [InlineData("reply-armed")]
    [InlineData("fault-hot")]
    [InlineData("heartbeat")]
    [InlineData("infer-result")]
    public void A_device_refuses_the_kinds_that_a_device_sends(string name)
    {
        DeviceBench bench = DeviceBench.Connected();
        Answer answer = DeviceBench.ReadReply(Assert.Single(bench.GiveBytes(Golden(name))));
        Assert.Equal(RefusalReason.WrongDirection, answer.Reason);
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.WrongDirection));
        Assert.False(FrameCheck.IsForDevice(FrameHeader.Kind(Golden(name))));
    }

    /// <summary>
    /// A frame that is wrong in every way at once; mended one check at a time, each mending shows the next reason. Two orders
    /// would show here as two reasons swapped.
    /// </summary>
    [Fact]
    [Clause("F-9", Accepts)]
    public void The_first_failing_check_names_the_reason()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(7, 2048, 2048, 2048));
        uint now = (uint)bench.Clock.NowMillis;
        HostFrame wrong = HostFrame.Stimulus(3, 2048, 2048, 2048) with
        {
            Retained = true,
            BootId = 1,
            Deadline = now - 1,
            Epoch = 999,
            RunId = 8,
            Version = 5,
        };
        bench.Refuse(wrong, RefusalReason.Retained);
        bench.Refuse(wrong = wrong with { Retained = false }, RefusalReason.WrongBoot);
        bench.Refuse(wrong = wrong with { BootId = null }, RefusalReason.Expired);
        bench.Refuse(wrong = wrong with { Deadline = now + 60001 }, RefusalReason.DeadlineTooFar);
        bench.Refuse(wrong = wrong with { Deadline = null }, RefusalReason.WrongEpoch);
        bench.Refuse(wrong = wrong with { Epoch = null }, RefusalReason.StaleSequence);
        bench.Refuse(wrong = wrong with { Sequence = 8 }, RefusalReason.WrongRun);
        bench.Refuse(wrong = wrong with { RunId = 9 }, RefusalReason.UnknownParameters);
        bench.Measure(wrong with { Version = 1 });
    }

    [Fact]
    [Clause("F-9", Refuses)]
    public void The_state_is_asked_before_the_sequence()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(7, 2048, 2048, 2048));
        bench.Step(1100);
        bench.Refuse(HostFrame.Stimulus(3, 2048, 2048, 2048), RefusalReason.NotArmed);
    }

    [Fact]
    [Clause("F-9", Refuses)]
    public void The_bytes_are_asked_before_everything_else()
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] frame = HostFrame.Arm().Encode(999, 1, 0);
        frame[FrameHeader.CrcAt] ^= 1;
        bench.Link.Inbox.Enqueue((frame, true));
        bench.Step();
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.WrongCrc));
        Assert.Equal(0u, bench.Loop.Counters.Of(RefusalReason.Retained));
    }

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

    [Fact]
    [Clause("F-11", Accepts)]
    public void A_refused_frame_of_right_bytes_is_answered_and_counted()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Refuse(HostFrame.Stimulus(1, 2048, 2048, 2048), RefusalReason.NotArmed);
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.NotArmed));
    }

    [Theory]
    [Clause("F-11", Refuses)]
    [InlineData("wrong-magic")]
    [InlineData("wrong-version")]
    [InlineData("wrong-length")]
    [InlineData("wrong-crc")]
    [InlineData("unknown-kind")]
    [InlineData("command-unknown")]
    [InlineData("parameters-nan")]
    [InlineData("plan-words-misfit")]
    [InlineData("stimulus-reserved")]
    public void Wrong_bytes_are_counted_and_not_answered(string name) =>
        DeviceBench.Connected().RefuseUnanswered(Golden(name), GoldenVector.Read(name).Expected);

    private static byte[] WithAnotherMagic(string name, int at)
    {
        byte[] frame = Golden(name);
        frame[at] ^= 0x20;
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, 0);
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, Crc.Compute(frame, 0, frame.Length));
        return frame;
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
