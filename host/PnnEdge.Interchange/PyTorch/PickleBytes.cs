using System.Buffers.Binary;
using System.Text;

namespace PnnEdge.Interchange.PyTorch;

/// <summary>A walk over a pickle's bytes that never steps beyond their end.</summary>
internal ref struct PickleBytes(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(int length)
    {
        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"the text before byte {Position} of its pickle is not UTF-8");
        }
    }

    public string Line()
    {
        int end = _rest.IndexOf((byte)'\n');
        if (end < 0) { throw new InvalidDataException("its pickle ends within a name"); }
        string line = Text(end);
        Take(1);
        return line;
    }

    /// <summary>A signed whole number of some bytes, little-endian.</summary>
    public long Long(int length)
    {
        if (length > 8) { throw new InvalidDataException($"its pickle has a whole number of {length} bytes; a state_dict's have up to 8"); }
        ReadOnlySpan<byte> digits = Take(length);
        long value = 0;
        for (int i = 0; i < length; i++) { value |= (long)digits[i] << (8 * i); }
        return length is 0 or 8 || digits[^1] < 0x80 ? value : value - (1L << (8 * length));
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length) { throw new InvalidDataException($"its pickle ends {_rest.Length} bytes after byte {Position}, where {length} should follow"); }
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        Position += length;
        return taken;
    }
}
