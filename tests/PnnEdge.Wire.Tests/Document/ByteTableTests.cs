using System.Globalization;
using System.Reflection;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Wire.Tests.Document;

public class ByteTableTests
{
    /// <summary>Class, first byte of its offsets in the code, and the constant that is its fixed length.</summary>
    private static readonly Dictionary<string, (Type Class, int Base, string End)> Layouts = new()
    {
        ["FrameHeader"] = (typeof(FrameHeader), 0, "Bytes"),
        ["BirthCertificate"] = (typeof(BirthCertificate), FrameHeader.Bytes, "FixedBytes"),
        ["ChannelRecord"] = (typeof(ChannelRecord), 0, "RecordBytes"),
        ["RunPlan"] = (typeof(RunPlan), FrameHeader.Bytes, "PayloadBytes"),
        ["ParameterFrame"] = (typeof(ParameterFrame), FrameHeader.Bytes, "FixedBytes"),
        ["StimulusBlock"] = (typeof(StimulusBlock), FrameHeader.Bytes, "FixedBytes"),
        ["MeasurementBlock"] = (typeof(MeasurementBlock), FrameHeader.Bytes, "FixedBytes"),
        ["CommandFrame"] = (typeof(CommandFrame), FrameHeader.Bytes, "FixedBytes"),
        ["ReplyFrame"] = (typeof(ReplyFrame), FrameHeader.Bytes, "PayloadBytes"),
        ["FaultReport"] = (typeof(FaultReport), FrameHeader.Bytes, "FixedBytes"),
        ["Heartbeat"] = (typeof(Heartbeat), FrameHeader.Bytes, "PayloadBytes"),
        ["InferRequest"] = (typeof(InferRequest), FrameHeader.Bytes, "FixedBytes"),
        ["InferResult"] = (typeof(InferResult), FrameHeader.Bytes, "FixedBytes"),
        ["ProgramChunk"] = (typeof(ProgramChunk), FrameHeader.Bytes, "FixedBytes"),
        ["ProgramHeader"] = (typeof(ProgramHeader), 0, "Bytes"),
        ["ProgramSeal"] = (typeof(ProgramSeal), 0, "Bytes"),
        ["FirmwareHeader"] = (typeof(FirmwareHeader), 0, "FixedBytes"),
    };

    /// <summary>Enumeration, and whether its zero is left out of the document because it never travels.</summary>
    private static readonly Dictionary<string, Type> Enumerations = new()
    {
        ["FrameKind"] = typeof(FrameKind),
        ["ChannelRole"] = typeof(ChannelRole),
        ["LimitGuard"] = typeof(LimitGuard),
        ["OnInvalid"] = typeof(OnInvalid),
        ["ChannelCoding"] = typeof(ChannelCoding),
        ["ChannelPurpose"] = typeof(ChannelPurpose),
        ["LinkState"] = typeof(LinkState),
        ["CommandCode"] = typeof(CommandCode),
        ["RefusalReason"] = typeof(RefusalReason),
        ["PlanLimit"] = typeof(PlanLimit),
        ["FaultCode"] = typeof(FaultCode),
        ["InferSource"] = typeof(InferSource),
        ["ProgramOutput"] = typeof(ProgramOutput),
        ["ProgramFlaw"] = typeof(ProgramFlaw),
        ["ProgramCargo"] = typeof(ProgramCargo),
        ["BootState"] = typeof(BootState),
    };

    public static TheoryData<string> LayoutNames => [.. Layouts.Keys];

    public static TheoryData<string> EnumerationNames => [.. Enumerations.Keys];

    [Fact]
    public void Every_table_is_known_to_this_test_and_every_known_table_is_in_the_document() =>
        Assert.Equal(Layouts.Keys.Concat(Enumerations.Keys).Order(), WireDocument.Tables.Keys.Order());

    [Theory]
    [MemberData(nameof(LayoutNames))]
    public void Fields_stand_at_the_offsets_of_the_code_and_none_is_missing(string table)
    {
        (Type type, int first, string end) = Layouts[table];
        SortedDictionary<string, int> documented = new(WireDocument.Tables[table]
            .Where(row => row[3] != "(end)").ToDictionary(row => row[3], row => Number(row[0]) + first));
        SortedDictionary<string, int> coded = new(Constants(type)
            .Where(f => f.Name.EndsWith("At", StringComparison.Ordinal)).ToDictionary(f => f.Name[..^2], f => (int)f.GetRawConstantValue()!));

        Assert.Equal(coded, documented);
        Assert.Equal(
            (int)Constants(type).Single(f => f.Name == end).GetRawConstantValue()!,
            Number(WireDocument.Tables[table].Single(row => row[3] == "(end)")[0]));
    }

    [Theory]
    [MemberData(nameof(LayoutNames))]
    public void Fields_follow_each_other_without_gap_or_overlap(string table)
    {
        int expected = 0;
        foreach (string[] row in WireDocument.Tables[table])
        {
            Assert.True(expected == Number(row[0]), $"{table}.{row[3]} stands at {row[0]}; the field before it ends at {expected}.");
            expected += int.TryParse(row[1], CultureInfo.InvariantCulture, out int bytes) ? bytes : 0;
            Assert.True(bytes == 0 || row[2].Contains('[', StringComparison.Ordinal) || row[2] == "utf-8" || bytes == BytesOf(row[2]), $"{table}.{row[3]}: {row[2]} is not {bytes} bytes.");
        }
    }

    [Theory]
    [MemberData(nameof(EnumerationNames))]
    public void Numbers_of_an_enumeration_are_those_of_the_code_and_none_is_missing(string table)
    {
        Type type = Enumerations[table];
        IEnumerable<string> coded = Enum.GetValues(type).Cast<object>()
            .Select(v => (Number: Convert.ToInt32(v, CultureInfo.InvariantCulture), Name: v.ToString()!))
            .Where(v => v.Name is not ("None" or "Unlisted")).OrderBy(v => v.Number).Select(v => $"{v.Number} {v.Name}");

        Assert.Equal(coded, WireDocument.Tables[table].Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public void There_is_a_counter_for_every_reason() =>
        Assert.Equal(RefusalReasons.Count, WireDocument.Tables["RefusalReason"].Count);

    [Fact]
    public void The_sender_of_every_kind_is_the_one_of_the_code() =>
        Assert.All(WireDocument.Tables["FrameKind"], row =>
            Assert.Equal(row[2] == "host", FrameCheck.IsForDevice(Enum.Parse<FrameKind>(row[1]))));

    [Fact]
    public void The_protocol_hash_is_the_crc_of_the_tables()
    {
        uint computed = Vectors.ReferenceCrc32.Of(WireDocument.Normalised());
        Assert.True(computed == Protocol.Hash, $"Protocol.Hash is 0x{Protocol.Hash:X8}; the tables of WIRE.md give 0x{computed:X8}.");
    }

    private static IEnumerable<FieldInfo> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.FieldType == typeof(int));

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static int BytesOf(string type) => Number(type[1..]) / 8;
}
