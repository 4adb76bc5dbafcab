using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

public class BirthCertificateClauses
{
    private static readonly HostCrc32 Crc = new();

    private static RefusalReason OpenHello(Action<BirthCertificate> change)
    {
        BirthCertificate hello = BirthCertificate.Read(GoldenVector.Read("hello-bench").Bytes);
        change(hello);
        return Open(hello);
    }

    private static RefusalReason Open(BirthCertificate hello)
    {
        byte[] frame = new byte[8192];
        FrameHeader.Write(frame, FrameKind.Hello, 0, 0, 0, 1, 0);
        return FrameCheck.Open(frame, FrameHeader.Seal(frame, hello.Write(frame), Crc), frame.Length, Crc);
    }

    private static RefusalReason OpenChannel(
        ChannelRole role = ChannelRole.Stimulus, int bits = 12, float min = -5f, float max = 5f, float limitMin = -4f, float limitMax = 4f,
        float maxStep = 2f, float safe = 0f, LimitGuard guard = LimitGuard.PerWord, int count = 1) =>
        OpenHello(h => h.Channels = [new("c", role, bits, guard, OnInvalid.SafeValue, min, max, limitMin, limitMax, maxStep, safe, 1, count)]);

    private static RefusalReason OpenBanks(uint maxFrameBytes, params int[] counts) => OpenHello(h =>
    {
        h.MaxFrameBytes = maxFrameBytes;
        h.Channels = [.. counts.Select(count => new ChannelRecord(
            "bank", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -5f, 5f, -4f, 4f, 8f, 0f, 0, count))];
    });

    [Fact]
    [Clause("H-4", Accepts)]
    public void Names_of_64_bytes_and_64_channels_are_opened()
    {
        ChannelRecord channel = new("0123456789abcdef", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.Zero, -1f, 1f, -1f, 1f, 2f, 0f, 1);
        Assert.Equal(RefusalReason.Accepted, OpenHello(h =>
        {
            h.Board = new string('b', 64);
            h.FirmwareVersion = new string('f', 64);
            h.Channels = Enumerable.Repeat(channel, 64).ToArray();
        }));
    }

    [Theory]
    [Clause("H-4", Refuses)]
    [InlineData(BirthCertificate.BoardLengthAt)]
    [InlineData(BirthCertificate.FirmwareLengthAt)]
    public void A_longer_name_is_refused_even_when_the_payload_is_as_long(int lengthAt)
    {
        byte[] frame = new byte[FrameHeader.Bytes + BirthCertificate.FixedBytes + 65];
        GoldenVector.Read("hello-bare").Bytes.CopyTo(frame, 0);
        frame[lengthAt] = 65;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, frame.Length, 4096, Crc));
    }

    [Fact]
    [Clause("H-4", Refuses)]
    public void More_than_64_channels_are_refused()
    {
        byte[] frame = new byte[FrameHeader.Bytes + BirthCertificate.FixedBytes + (65 * ChannelRecord.RecordBytes)];
        byte[] bench = GoldenVector.Read("hello-bench").Bytes;
        GoldenVector.Read("hello-bare").Bytes.CopyTo(frame, 0);
        for (int i = 0; i < 65; i++)
        {
            Array.Copy(bench, BirthCertificate.TextAt + 18, frame, BirthCertificate.TextAt + (i * ChannelRecord.RecordBytes), ChannelRecord.RecordBytes);
        }

        frame[BirthCertificate.ChannelsAt] = 65;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, frame.Length, 4096, Crc));
    }

    [Fact]
    [Clause("H-4", Refuses)]
    public void A_device_cannot_write_a_hello_that_would_be_refused()
    {
        Assert.Throws<ArgumentException>(() => OpenHello(h => h.Board = new string('b', 65)));
        Assert.Throws<ArgumentException>(() => OpenHello(h => h.Channels = new ChannelRecord[65]));
        Assert.Throws<ArgumentException>(() => new ChannelRecord(
            "0123456789abcdefg", ChannelRole.Actuator, 12, LimitGuard.Span, OnInvalid.Zero, 0f, 1f, 0f, 1f, 1f, 0f, 0).Write(new byte[64], 0));
    }

    [Fact]
    [Clause("H-5", Accepts)]
    public void Nested_ranges_are_opened_up_to_equality()
    {
        Assert.Equal(RefusalReason.Accepted, OpenChannel());
        Assert.Equal(RefusalReason.Accepted, OpenChannel(limitMin: -5f, limitMax: 5f, safe: 5f));
        Assert.Equal(RefusalReason.Accepted, OpenChannel(bits: 16, limitMin: 1f, limitMax: 1f, safe: 1f, maxStep: 0f));
        Assert.Equal(RefusalReason.Accepted, OpenChannel(ChannelRole.Measurement, min: 1f, max: 3f, limitMin: 1f, limitMax: 3f, safe: 0f));
    }

    [Theory]
    [Clause("H-5", Refuses)]
    [InlineData(5f, -5f, -4f, 4f, 2f, 0f)]
    [InlineData(5f, 5f, 5f, 5f, 2f, 5f)]
    [InlineData(-5f, 5f, -5.001f, 4f, 2f, 0f)]
    [InlineData(-5f, 5f, -4f, 5.001f, 2f, 0f)]
    [InlineData(-5f, 5f, 4f, -4f, 2f, 0f)]
    [InlineData(-5f, 5f, -4f, 4f, -0.1f, 0f)]
    [InlineData(-5f, 5f, -4f, 4f, 2f, 4.001f)]
    [InlineData(-5f, 5f, -4f, 4f, 2f, -4.001f)]
    [InlineData(1000f, 1000.001f, 1000f, 1000.001f, 2f, 1000f)]
    public void Ranges_that_do_not_nest_are_refused(float min, float max, float limitMin, float limitMax, float maxStep, float safe) =>
        Assert.Equal(RefusalReason.OutOfRange, OpenChannel(min: min, max: max, limitMin: limitMin, limitMax: limitMax, maxStep: maxStep, safe: safe));

    [Fact]
    [Clause("H-5", Accepts)]
    public void A_span_guards_a_stimulus_of_which_every_word_and_every_step_is_allowed()
    {
        Assert.Equal(RefusalReason.Accepted, OpenChannel(bits: 16, limitMin: -5f, limitMax: 5f, maxStep: 10f, guard: LimitGuard.Span));
        Assert.Equal(RefusalReason.Accepted, OpenChannel(bits: 16, min: 0.1f, max: 3.3f, limitMin: 0.1f, limitMax: 3.3f, maxStep: 9f, safe: 1f, guard: LimitGuard.Span));
    }

    [Theory]
    [Clause("H-5", Accepts)]
    [InlineData(ChannelRole.Measurement)]
    [InlineData(ChannelRole.Actuator)]
    public void The_span_of_a_channel_that_plays_no_words_may_be_any(ChannelRole role) =>
        Assert.Equal(RefusalReason.Accepted, OpenChannel(role, guard: LimitGuard.Span));

    [Theory]
    [Clause("H-5", Accepts)]
    [InlineData(12, 4.998f)] // the last code of 12 bits over ±5 V is 4.9976 V, and no other is nearer to this
    [InlineData(16, 4.9999f)]
    public void The_limit_of_an_actuator_may_be_as_high_as_its_last_code(int bits, float limitMax) =>
        Assert.Equal(RefusalReason.Accepted, OpenChannel(ChannelRole.Actuator, bits, limitMax: limitMax));

    [Theory]
    [Clause("H-5", Refuses)]
    [InlineData(12, 4.999f)]
    [InlineData(16, 5f)]
    public void A_limit_of_an_actuator_that_no_code_is_nearest_to_is_refused(int bits, float limitMax) =>
        Assert.Equal(RefusalReason.OutOfRange, OpenChannel(ChannelRole.Actuator, bits, limitMax: limitMax));

    [Theory]
    [Clause("H-5", Refuses)]
    [InlineData(15, -5f, 5f, 10f)]
    [InlineData(12, -5f, 5f, 10f)]
    [InlineData(16, -4.999f, 5f, 10f)]
    [InlineData(16, -5f, 4.999f, 10f)]
    [InlineData(16, -5f, 5f, 9.999f)]
    [InlineData(16, -5f, 5f, 0f)]
    public void A_span_that_leaves_words_or_steps_to_refuse_guards_no_stimulus(int bits, float limitMin, float limitMax, float maxStep) =>
        Assert.Equal(RefusalReason.OutOfRange, OpenChannel(bits: bits, limitMin: limitMin, limitMax: limitMax, maxStep: maxStep, guard: LimitGuard.Span));

    [Theory]
    [Clause("H-5", Refuses)]
    [InlineData(ChannelRecord.BitsAt, 0)]
    [InlineData(ChannelRecord.BitsAt, 17)]
    [InlineData(ChannelRecord.RoleAt, 3)]
    [InlineData(ChannelRecord.GuardAt, 2)]
    [InlineData(ChannelRecord.OnInvalidAt, 3)]
    [InlineData(ChannelRecord.NameAt + 15, 65)]
    public void A_channel_of_undefined_values_is_refused(int at, byte value)
    {
        byte[] frame = GoldenVector.Read("hello-bench").Bytes;
        frame[BirthCertificate.TextAt + 18 + at] = value;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.ReservedNotZero, FrameCheck.Open(frame, frame.Length, 4096, Crc));
    }

    [Fact]
    [Clause("H-6", Accepts)]
    public void The_smallest_window_and_the_longest_transfer_are_opened() =>
        Assert.Equal(RefusalReason.Accepted, OpenHello(h => (h.Window, h.ParameterSets, h.MaxFrameBytes, h.LongestTransferMillis, h.MaxLeaseMillis) = (1, 1, 48, 500, 2000)));

    [Fact]
    [Clause("H-6", Refuses)]
    public void No_window_no_parameter_sets_and_no_payload_are_refused()
    {
        Assert.Equal(RefusalReason.OutOfRange, OpenHello(h => h.Window = 0));
        Assert.Equal(RefusalReason.OutOfRange, OpenHello(h => h.ParameterSets = 0));
        Assert.Equal(RefusalReason.OutOfRange, OpenHello(h => h.MaxFrameBytes = 40));
    }

    [Fact]
    [Clause("H-6", Refuses)]
    public void A_transfer_longer_than_a_quarter_of_the_lease_is_refused()
    {
        Assert.Equal(RefusalReason.OutOfRange, OpenHello(h => (h.LongestTransferMillis, h.MaxLeaseMillis) = (501, 2000)));
        Assert.Equal(RefusalReason.OutOfRange, OpenHello(h => (h.LongestTransferMillis, h.MaxLeaseMillis) = (uint.MaxValue, uint.MaxValue)));
    }

    [Theory]
    [Clause("H-8", Accepts)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(117)] // 512 bytes hold a set of 117
    public void Actuators_may_come_in_banks(int count)
    {
        Assert.Equal(RefusalReason.Accepted, OpenChannel(ChannelRole.Actuator, count: count));
        DeviceBench bench = new(b => b.Channels = [b.Channels[0], b.Channels[1], DeviceBench.Bank("coupling", count)]);
        BirthCertificate hello = BirthCertificate.Read(bench.Step()[0]);
        Assert.Equal([1, 1, count], hello.Channels.Select(c => c.Count));
    }

    [Theory]
    [Clause("H-8", Refuses)]
    [InlineData(ChannelRole.Stimulus, 0)]
    [InlineData(ChannelRole.Stimulus, 2)]
    [InlineData(ChannelRole.Measurement, 0)]
    [InlineData(ChannelRole.Measurement, 65535)]
    [InlineData(ChannelRole.Actuator, 0)]
    public void An_empty_bank_is_refused_and_so_is_a_bank_of_words(ChannelRole role, int count) =>
        Assert.Equal(RefusalReason.OutOfRange, OpenChannel(role, count: count));

    [Fact]
    [Clause("H-8", Refuses)]
    public void A_device_does_not_start_on_a_board_with_such_a_bank()
    {
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => b.Channels = [b.Channels[0], b.Channels[1], DeviceBench.Bank("coupling", 0)]));
        ChannelRecord words = new("words", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -5f, 5f, -4f, 4f, 2f, 0f, 2000000, 2);
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => b.Channels = [words, b.Channels[1]]));
    }

    [Fact]
    [Clause("H-9", Accepts)]
    public void Banks_hold_as_many_actuators_as_a_set_counts_and_a_frame_holds()
    {
        Assert.Equal(RefusalReason.Accepted, OpenBanks(44 + (4 * 65535), 65535));
        Assert.Equal(RefusalReason.Accepted, OpenBanks(44 + (4 * 65535), 1, 65000, 534));
        Assert.Equal(RefusalReason.Accepted, OpenBanks(44 + (4 * 10), 7, 3));
    }

    [Fact]
    [Clause("H-9", Refuses)]
    public void More_actuators_than_a_set_counts_are_refused() => Assert.Equal(RefusalReason.OutOfRange, OpenBanks(1 << 20, 65535, 1));

    [Fact]
    [Clause("H-9", Refuses)]
    public void A_set_that_is_longer_than_the_longest_frame_is_refused()
    {
        Assert.Equal(RefusalReason.OutOfRange, OpenBanks(44 + (4 * 10) - 1, 7, 3));
        Assert.Equal(RefusalReason.OutOfRange, OpenBanks(43));
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => b.Channels = [b.Channels[0], b.Channels[1], DeviceBench.Bank("coupling", 118)])); // 516 of 512 bytes
    }
}
