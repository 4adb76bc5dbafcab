using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using PnnEdge.Interchange.TensorBoard;

namespace PnnEdge.Cli.Tests;

/// <summary>What a TensorBoard event file says; its format is tested in PnnEdge.Interchange.Tests with a reader of another origin.</summary>
internal static class EventRecords
{
    /// <returns>One entry per scalar; a session start has the tag <c>start</c>.</returns>
    public static IReadOnlyList<(long Step, string Tag, float Value)> Read(string path)
    {
        var found = new List<(long, string, float)>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (!rest.IsEmpty)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            byte[] record = rest.Slice(12, length).ToArray();
            Assert.Equal(Crc32C.Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            rest = rest[(16 + length)..];
            Dictionary<int, byte[]> parts = [];
            long step = 0;
            foreach ((int field, byte[] bytes, ulong whole) in Fields(record))
            {
                parts[field] = bytes;
                if (field == 2) { step = (long)whole; }
            }

            if (parts.ContainsKey(7)) { found.Add((step, "start", 0)); }
            if (!parts.TryGetValue(5, out byte[]? summary)) { continue; }
            foreach ((_, byte[] value, _) in Fields(summary))
            {
                Dictionary<int, byte[]> of = Fields(value).ToDictionary(field => field.Number, field => field.Bytes);
                found.Add((step, Encoding.UTF8.GetString(of[1]), BitConverter.ToSingle(of[2])));
            }
        }

        return found;
    }

    private static List<(int Number, byte[] Bytes, ulong Whole)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[], ulong)>();
        var input = new CodedInputStream(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            int number = WireFormat.GetTagFieldNumber(tag);
            fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (number, [], input.ReadUInt64()),
                WireFormat.WireType.Fixed32 => (number, BitConverter.GetBytes(input.ReadFixed32()), 0),
                WireFormat.WireType.Fixed64 => (number, BitConverter.GetBytes(input.ReadFixed64()), 0),
                _ => (number, input.ReadBytes().ToByteArray(), 0UL),
            });
        }

        return fields;
    }
}
