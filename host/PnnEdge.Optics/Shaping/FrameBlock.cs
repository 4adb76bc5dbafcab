namespace PnnEdge.Optics.Shaping;

/// <summary>How frames lie in a block that goes over a wire: a grey level is a byte; a mirror is a bit, the first column in the highest one, a row in whole bytes (as in Netpbm's raw bitmaps, but 1 for light).</summary>
/// <param name="isBinary">Of mirrors.</param>
public sealed class FrameBlock(int columns, int rows, bool isBinary)
{
    private readonly int _rowBytes = isBinary ? (columns + 7) / 8 : columns;

    public int BytesPerFrame => rows * _rowBytes;

    /// <param name="frames">[frame, row, column], grey level.</param>
    public byte[] Of(byte[] frames)
    {
        if (!isBinary) { return frames; }
        byte[] block = new byte[frames.Length / columns * _rowBytes];
        for (int row = 0; row < frames.Length / columns; row++)
        {
            ReadOnlySpan<byte> levels = frames.AsSpan(row * columns, columns);
            Span<byte> bits = block.AsSpan(row * _rowBytes, _rowBytes);
            for (int column = 0; column < columns; column++) { bits[column >> 3] |= (byte)(levels[column] >> 7 << (7 - (column & 7))); }
        }

        return block;
    }

    /// <param name="block">Whole frames.</param>
    /// <returns>[frame, row, column], grey level.</returns>
    public byte[] FramesOf(byte[] block)
    {
        if (!isBinary) { return block; }
        byte[] frames = new byte[block.Length / _rowBytes * columns];
        for (int row = 0; row < block.Length / _rowBytes; row++)
        {
            ReadOnlySpan<byte> bits = block.AsSpan(row * _rowBytes, _rowBytes);
            Span<byte> levels = frames.AsSpan(row * columns, columns);
            for (int column = 0; column < columns; column++) { levels[column] = (bits[column >> 3] >> (7 - (column & 7)) & 1) == 1 ? LeeHologramEncoder.On : LeeHologramEncoder.Off; }
        }

        return frames;
    }
}
