using System.IO.Compression;
using System.IO.Hashing;

namespace PnnEdge.Training.Recordings;

/// <summary>One file of a zip archive that nobody vouches for.</summary>
public static class ZipEntry
{
    // Deflate cannot shrink more than 1032 to 1; a file that claims more lies about its size.
    private const long LargestExpansion = 1040;
    private const long LargestBytes = 1L << 30;

    /// <exception cref="InvalidDataException">One clause: length or checksum are not as they say.</exception>
    public static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestBytes || entry.Length > (entry.CompressedLength + 64) * LargestExpansion)
        {
            throw new InvalidDataException($"it claims {entry.Length} bytes from {entry.CompressedLength}");
        }

        byte[] bytes = new byte[entry.Length];
        using Stream from = entry.Open();
        from.ReadExactly(bytes);
        if (from.ReadByte() >= 0) { throw new InvalidDataException("it goes on after the length it claims"); }
        return Crc32.HashToUInt32(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException("its checksum does not match");
    }
}
