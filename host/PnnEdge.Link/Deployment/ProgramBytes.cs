using System.Buffers.Binary;

namespace PnnEdge.Link.Deployment;

/// <summary>A program's bytes as they grow: little-endian, tables appended, header fields put where they belong.</summary>
internal sealed class ProgramBytes
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Words(IEnumerable<int> values)
    {
        Span<byte> word = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(word, checked((ushort)value));
            Raw(word);
        }
    }

    public void Floats(IEnumerable<float> values)
    {
        Span<byte> word = stackalloc byte[4];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(word, value);
            Raw(word);
        }
    }

    public void Whole(uint value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        Raw(word);
    }

    public void Long(ulong value)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        Raw(word);
    }

    public void Put(int at, uint value)
    {
        for (int i = 0; i < 4; i++) { _bytes[at + i] = (byte)(value >> (8 * i)); }
    }

    public void PutWord(int at, int value)
    {
        ushort word = checked((ushort)value);
        (_bytes[at], _bytes[at + 1]) = ((byte)word, (byte)(word >> 8));
    }

    public void PutFloat(int at, float value) => Put(at, BitConverter.SingleToUInt32Bits(value));
}
