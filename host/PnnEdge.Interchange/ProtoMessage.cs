using Google.Protobuf;

namespace PnnEdge.Interchange;

/// <summary>A protocol-buffer message, field by field in the order they are given.</summary>
/// <remarks>
/// ONNX and TensorBoard need some thirty fields of their schemas; each is named by its number beside the place that writes it, so that no
/// generated code and no schema file of another project has to travel with ours.
/// </remarks>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtoMessage Text(int field, string value) => Add(field, WireFormat.WireType.LengthDelimited, to => to.WriteString(value));

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        ByteString copy = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, to => to.WriteBytes(copy));
    }

    public ProtoMessage Whole(int field, long value) => Add(field, WireFormat.WireType.Varint, to => to.WriteInt64(value));

    public ProtoMessage Float(int field, float value) => Add(field, WireFormat.WireType.Fixed32, to => to.WriteFloat(value));

    public ProtoMessage Double(int field, double value) => Add(field, WireFormat.WireType.Fixed64, to => to.WriteDouble(value));

    /// <param name="value">As it is now; fields that it gets later are not in it.</param>
    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var to = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (Action<CodedOutputStream> write in _fields) { write(to); }
        }

        return bytes.ToArray();
    }

    private ProtoMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        _fields.Add(to =>
        {
            to.WriteTag(field, type);
            write(to);
        });
        return this;
    }
}
