using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>What hello says of a channel's words, of a lag, and of the wire that it is found by.</summary>
public class CodingClauses
{
    private const ChannelCoding Twos = ChannelCoding.TwosComplement;
    private static readonly HostCrc32 Crc = new();

    private static ChannelRecord Channel(
        ChannelRole role, int bits = 16, LimitGuard guard = LimitGuard.Span, ChannelCoding coding = Twos, ChannelPurpose purpose = ChannelPurpose.Bench) =>
        new("c", role, bits, guard, OnInvalid.SafeValue, -5f, 5f, -5f, role == ChannelRole.Actuator ? 4f : 5f, 10f, 0f, 1, 1, coding, purpose);

    private static ChannelRecord End(ChannelRole role) => Channel(role, purpose: ChannelPurpose.Reference);

    private static RefusalReason Open(uint lag, params ChannelRecord[] channels)
    {
        BirthCertificate hello = BirthCertificate.Read(GoldenVector.Read("hello-bench").Bytes);
        (hello.LagSamples, hello.Channels) = (lag, channels);
        byte[] frame = new byte[8192];
        FrameHeader.Write(frame, FrameKind.Hello, 0, 0, 0, 1, 0);
        return FrameCheck.Open(frame, FrameHeader.Seal(frame, hello.Write(frame), Crc), frame.Length, Crc);
    }

    [Fact]
    [Clause("H-10", Accepts)]
    public void Twos_complement_is_opened_where_nobody_looks_at_the_words()
    {
        Assert.Equal(RefusalReason.Accepted, Open(0, Channel(ChannelRole.Stimulus), Channel(ChannelRole.Measurement)));
        Assert.Equal(RefusalReason.Accepted, Open(0, Channel(ChannelRole.Measurement, guard: LimitGuard.PerWord)));
    }

    [Fact]
    [Clause("H-10", Refuses)]
    public void Twos_complement_of_fewer_bits_of_an_actuator_or_of_checked_words_is_refused()
    {
        Assert.Equal(RefusalReason.OutOfRange, Open(0, Channel(ChannelRole.Measurement, bits: 15)));
        Assert.Equal(RefusalReason.OutOfRange, Open(0, Channel(ChannelRole.Actuator)));
        Assert.Equal(RefusalReason.OutOfRange, Open(0, Channel(ChannelRole.Stimulus, guard: LimitGuard.PerWord)));
    }

    [Theory]
    [Clause("H-10", Refuses)]
    [InlineData(ChannelRecord.CodingAt)]
    [InlineData(ChannelRecord.PurposeAt)]
    public void A_coding_or_purpose_that_nobody_defined_is_refused(int at)
    {
        byte[] frame = GoldenVector.Read("hello-codec").Bytes;
        frame[BirthCertificate.TextAt + "codec".Length + "0.1.0".Length + at] = 2;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.ReservedNotZero, FrameCheck.Open(frame, frame.Length, 4096, Crc));
    }

    [Fact]
    [Clause("H-10", Refuses)]
    public void A_device_does_not_start_on_a_board_that_checks_such_words_or_runs_programs_on_them()
    {
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => b.Channels = [Channel(ChannelRole.Stimulus, guard: LimitGuard.PerWord), b.Channels[1]]));
        Assert.Throws<ArgumentException>(() => new DeviceBench(b =>
        {
            b.ProgramBytes = 1024;
            b.Channels = [Channel(ChannelRole.Stimulus), Channel(ChannelRole.Measurement)];
        }));
    }

    [Fact]
    [Clause("H-11", Accepts)]
    public void A_lag_is_opened_with_a_wire_and_without()
    {
        Assert.Equal(RefusalReason.Accepted, Open(1, Channel(ChannelRole.Stimulus), End(ChannelRole.Stimulus), Channel(ChannelRole.Measurement), End(ChannelRole.Measurement)));
        Assert.Equal(RefusalReason.Accepted, Open(65535, Channel(ChannelRole.Stimulus), Channel(ChannelRole.Measurement)));
        DeviceBench bench = new(b => (b.ProgramBytes, b.LagSamples, b.Channels) =
            (0, 600, [Channel(ChannelRole.Stimulus), End(ChannelRole.Stimulus), Channel(ChannelRole.Measurement), End(ChannelRole.Measurement)]));
        BirthCertificate hello = BirthCertificate.Read(bench.Step()[0]);
        Assert.Equal(600u, hello.LagSamples);
        Assert.Equal([ChannelPurpose.Bench, ChannelPurpose.Reference, ChannelPurpose.Bench, ChannelPurpose.Reference], hello.Channels.Select(c => c.Purpose));
        Assert.All(hello.Channels, c => Assert.Equal(Twos, c.Coding));
    }

    [Fact]
    [Clause("H-11", Refuses)]
    public void Half_a_wire_two_wires_and_a_wire_without_a_lag_are_refused()
    {
        ChannelRecord output = End(ChannelRole.Stimulus), input = End(ChannelRole.Measurement);
        Assert.Equal(RefusalReason.OutOfRange, Open(600, output, Channel(ChannelRole.Measurement)));
        Assert.Equal(RefusalReason.OutOfRange, Open(600, Channel(ChannelRole.Stimulus), input));
        Assert.Equal(RefusalReason.OutOfRange, Open(600, output, output, input, input));
        Assert.Equal(RefusalReason.OutOfRange, Open(0, output, input));
        Assert.Equal(RefusalReason.OutOfRange, Open(600, Channel(ChannelRole.Actuator, coding: ChannelCoding.OffsetBinary, purpose: ChannelPurpose.Reference)));
        Assert.Equal(RefusalReason.OutOfRange, Open(65536, Channel(ChannelRole.Stimulus)));
    }

    [Fact]
    [Clause("H-11", Refuses)]
    public void A_device_does_not_start_on_a_board_with_half_a_wire()
    {
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => (b.ProgramBytes, b.LagSamples, b.Channels) = (0, 600, [End(ChannelRole.Stimulus), Channel(ChannelRole.Measurement)])));
        Assert.Throws<ArgumentException>(() => new DeviceBench(b => b.LagSamples = -1));
    }

    [Fact]
    [Clause("V-5", Accepts)]
    public void The_word_of_every_code_has_its_sign_bit_turned_and_comes_back()
    {
        VoltScale plain = new(-5f, 5f, 16), turned = new(Channel(ChannelRole.Measurement));
        float[] volts = [-5f, 0f, turned.VoltsFromCode(65535), 1f], read = new float[4], held = new float[4];
        byte[] words = new byte[8], ours = new byte[8], atRails = new byte[8];
        Assert.Equal(-1, turned.EncodeWords(volts, 0, 4, words, 0));
        Assert.Equal([0x00, 0x80, 0x00, 0x00, 0xFF, 0x7F], words[..6]); // -32768, 0 and 32767, low byte first
        plain.EncodeWords(volts, 0, 4, ours, 0);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(Bytes.GetUInt16(words, 2 * i), Bytes.GetUInt16(ours, 2 * i) ^ 0x8000));
        turned.DecodeWords(words, 0, 4, read, 0);
        plain.DecodeWords(ours, 0, 4, held, 0);
        Assert.Equal(held, read);
        turned.EncodeWordsAtRails(volts, 0, 4, atRails, 0);
        Assert.Equal(words, atRails);
    }

    [Theory]
    [Clause("V-5", Refuses)]
    [InlineData(5f)]
    [InlineData(-5.001f)]
    [InlineData(float.NaN)]
    public void A_coding_gives_no_word_to_volts_without_a_code(float volts) =>
        Assert.Equal(0, new VoltScale(Channel(ChannelRole.Stimulus)).EncodeWords([volts], 0, 1, new byte[2], 0));
}
