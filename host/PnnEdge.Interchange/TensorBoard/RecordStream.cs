using System.Buffers.Binary;

namespace PnnEdge.Interchange.TensorBoard;

/// <summary>TFRecord framing: length (8 bytes, little-endian), its masked checksum, the data, its masked checksum.</summary>
/// <remarks>Format: tensorflow/core/lib/io/record_writer.h of github.com/tensorflow/tensorflow.</remarks>
internal static class RecordStream
{
    private const int HeadBytes = 12;
    private const int FootBytes = 4;

    /// <summary>In one write, and flushed: whoever reads along meets whole records.</summary>
    public static void Append(Stream to, ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[HeadBytes + data.Length + FootBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + data.Length), Crc32C.Masked(data));
        to.Write(record);
        to.Flush();
    }
}
