using System.Globalization;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;
using PnnEdge.Wire.Tests.Document;

namespace PnnEdge.Wire.Tests.Vectors;

public class GoldenVectorTests
{
    private static readonly HostCrc32 Crc = new();

    private static readonly Dictionary<FrameKind, string> LayoutOf = new()
    {
        [FrameKind.Hello] = nameof(BirthCertificate),
        [FrameKind.Plan] = nameof(RunPlan),
        [FrameKind.Parameters] = nameof(ParameterFrame),
        [FrameKind.Stimulus] = nameof(StimulusBlock),
        [FrameKind.Measurement] = nameof(MeasurementBlock),
        [FrameKind.Command] = nameof(CommandFrame),
        [FrameKind.Reply] = nameof(ReplyFrame),
        [FrameKind.Fault] = nameof(FaultReport),
        [FrameKind.Heartbeat] = nameof(Heartbeat),
        [FrameKind.InferRequest] = nameof(InferRequest),
        [FrameKind.InferResult] = nameof(InferResult),
        [FrameKind.Program] = nameof(ProgramChunk),
    };

    public static TheoryData<string> Files => [.. Resources.Vectors()];

    public static TheoryData<string> AcceptedNames => [.. GoldenFrames.All.Keys];

    [Fact]
    public void Every_accepted_file_has_its_fields_here_and_every_field_list_its_file() =>
        Assert.Equal(
            GoldenFrames.All.Keys.Order(),
            Resources.Vectors().Where(n => GoldenVector.Read(n).Expected == RefusalReason.Accepted));

    [Fact]
    public void There_is_a_golden_frame_of_every_kind() =>
        Assert.Equal(
            Enum.GetValues<FrameKind>().Where(k => k != FrameKind.None),
            GoldenFrames.All.Values.Select(g => g.Header.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(Files))]
    public void The_bytes_are_judged_as_the_file_expects(string name)
    {
        GoldenVector vector = GoldenVector.Read(name);
        Assert.Equal(vector.Expected, FrameCheck.Open(vector.Bytes, vector.Bytes.Length, vector.Bytes.Length, Crc));
    }

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void Reading_the_file_gives_the_fields(string name)
    {
        byte[] frame = GoldenVector.Read(name).Bytes;
        Assert.Equal(GoldenFrames.All[name].Header, GoldenFrames.Header.Read(frame));
        Assert.Equal(frame.Length - FrameHeader.Bytes, FrameHeader.PayloadLength(frame));
        GoldenFrames.All[name].CheckPayload(frame);
    }

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void Writing_the_fields_gives_the_file_byte_for_byte(string name) =>
        Assert.Equal(Convert.ToHexString(GoldenVector.Read(name).Bytes), Convert.ToHexString(GoldenFrames.All[name].Encode()));

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void The_crc_in_the_file_is_the_one_of_the_definition(string name)
    {
        byte[] frame = GoldenVector.Read(name).Bytes;
        uint claimed = Bytes.GetUInt32(frame, FrameHeader.CrcAt);
        Bytes.PutUInt32(frame, FrameHeader.CrcAt, 0);
        Assert.Equal(claimed, ReferenceCrc32.Of(frame));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_names_the_field_that_the_byte_tables_have_there(string name)
    {
        GoldenVector vector = GoldenVector.Read(name);
        foreach ((int offset, string comment) in vector.Fields.Where(f => !f.Field.EndsWith("(continued)", StringComparison.Ordinal)))
        {
            Assert.Contains(comment.Split(" = ")[0], FieldsAt(vector.Bytes, offset));
        }
    }

    [Theory]
    [InlineData("123456789", 0xCBF43926)] // the check value of CRC-32/ISO-HDLC
    [InlineData("", 0)]
    public void Both_crcs_give_the_published_check_value(string text, uint expected)
    {
        byte[] data = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, ReferenceCrc32.Of(data));
        Assert.Equal(expected, Crc.Compute(data, 0, data.Length));
    }

    [Fact]
    public void Both_crcs_agree_on_any_range_of_any_bytes()
    {
        Random random = new(5);
        byte[] data = new byte[300];
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(data);
            int from = random.Next(data.Length);
            int count = random.Next(data.Length - from + 1);
            Assert.Equal(ReferenceCrc32.Of(data.AsSpan(from, count)), Crc.Compute(data, from, count));
        }
    }

    private static IEnumerable<string> FieldsAt(byte[] frame, int offset)
    {
        if (offset < FrameHeader.Bytes)
        {
            return Named("FrameHeader", offset);
        }

        int inProgram = offset - ProgramChunk.ContentAt;
        if (FrameHeader.Kind(frame) == FrameKind.Program && inProgram >= 0 && ProgramChunk.Count(frame) == ProgramChunk.Length(frame))
        {
            int seal = ProgramChunk.Count(frame) - ProgramSeal.Bytes;
            bool isFirmware = ProgramChunk.Cargo(frame) == ProgramCargo.Firmware;
            return inProgram >= seal ? Named(nameof(ProgramSeal), inProgram - seal)
                : isFirmware ? (inProgram <= FirmwareHeader.TextAt ? Named(nameof(FirmwareHeader), inProgram) : ["Lengths", "Assemblies"])
                : inProgram < ProgramHeader.Bytes ? Named(nameof(ProgramHeader), inProgram) : ["Tables"];
        }

        int records = BirthCertificate.TextAt + frame.ElementAtOrDefault(BirthCertificate.BoardLengthAt) + frame.ElementAtOrDefault(BirthCertificate.FirmwareLengthAt);
        return FrameHeader.Kind(frame) == FrameKind.Hello && offset >= records
            ? Named(nameof(ChannelRecord), (offset - records) % ChannelRecord.RecordBytes)
            : Named(LayoutOf[FrameHeader.Kind(frame)], offset - FrameHeader.Bytes);
    }

    private static IEnumerable<string> Named(string table, int offset) =>
        WireDocument.Tables[table].Where(row => row[0] == offset.ToString(CultureInfo.InvariantCulture)).Select(row => row[3]);
}
