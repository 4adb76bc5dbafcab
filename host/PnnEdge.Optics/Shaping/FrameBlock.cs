using System.Buffers.Binary;

namespace PnnEdge.Optics.Shaping;

/// <summary>How frames lie in a block that goes over a wire: a grey level is a byte; a mirror is a bit, the first column in the highest one, a row in whole bytes (as in Netpbm's raw bitmaps, but 1 for light).</summary>
/// <param name="isBinary">Of mirrors.</param>
public sealed class FrameBlock(int columns, int rows, bool isBinary)
{
    private const ulong HighestBits = 0x8080_8080_8080_8080;

    /// <summary>Bits 63 − 9i: moves the bit that leads byte i, taken down by 7, to bit 63 − i.</summary>
    private const ulong Gather = 0x8040_2010_0804_0201;

    private static readonly ulong[] LevelsOfBits = [.. Enumerable.Range(0, 256).Select(bits => Enumerable.Range(0, 8).Aggregate(0UL, (levels, column) => levels | ((bits << column & 0x80) != 0 ? (ulong)LeeHologramEncoder.On << (8 * column) : 0)))];

    private readonly int _rowBytes = isBinary ? (columns + 7) / 8 : columns;

    public int BytesPerFrame => rows * _rowBytes;

    /// <param name="frames">[frame, row, column], grey level.</param>
    public byte[] Of(byte[] frames)
    {
        if (!isBinary) { return frames; }
        byte[] block = new byte[frames.Length / columns * _rowBytes], levels = new byte[_rowBytes * 8];
        for (int row = 0; row < frames.Length / columns; row++)
        {
            frames.AsSpan(row * columns, columns).CopyTo(levels);
            for (int i = 0; i < _rowBytes; i++)
            {
                ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(levels.AsSpan(8 * i));
                block[(row * _rowBytes) + i] = (byte)(((eight & HighestBits) >> 7) * Gather >> 56);
            }
        }

        return block;
    }

    /// <param name="block">Whole frames.</param>
    /// <returns>[frame, row, column], grey level.</returns>
    public byte[] FramesOf(byte[] block)
    {
        if (!isBinary) { return block; }
        byte[] frames = new byte[block.Length / _rowBytes * columns], levels = new byte[_rowBytes * 8];
        for (int row = 0; row < block.Length / _rowBytes; row++)
        {
            for (int i = 0; i < _rowBytes; i++) { BinaryPrimitives.WriteUInt64LittleEndian(levels.AsSpan(8 * i), LevelsOfBits[block[(row * _rowBytes) + i]]); }
            levels.AsSpan(0, columns).CopyTo(frames.AsSpan(row * columns));
        }

        return frames;
    }
}
