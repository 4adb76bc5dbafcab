using System.Buffers.Binary;
using System.Numerics;

namespace PnnEdge.Interchange.TensorBoard;

/// <summary>The Castagnoli checksum (RFC 3720, B.4), and as TFRecord masks it.</summary>
/// <remarks>Mask: tensorflow/core/lib/hash/crc32c.h of github.com/tensorflow/tensorflow: turned right by 15 bits, then a constant added.</remarks>
public static class Crc32C
{
    private const uint MaskDelta = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) { crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes)); }
        foreach (byte one in bytes) { crc = BitOperations.Crc32C(crc, one); }
        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + MaskDelta;
}
