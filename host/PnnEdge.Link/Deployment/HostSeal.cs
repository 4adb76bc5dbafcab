using PnnEdge.Wire.Host;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Link.Deployment;

/// <summary>What a device looks for at the end of a program or a package: tag under its key, and CRC.</summary>
internal static class HostSeal
{
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static byte[] Of(byte[] content, byte[] key)
    {
        if (key.Length != ProgramSeal.KeyBytes) { throw new ArgumentException($"A key has {ProgramSeal.KeyBytes} bytes, this one {key.Length}.", nameof(key)); }
        byte[] bytes = [.. content, .. new byte[ProgramSeal.Bytes]], tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(key, bytes, content.Length, tag);
        tag.CopyTo(bytes, content.Length + ProgramSeal.TagAt);
        int crc = content.Length + ProgramSeal.CrcAt;
        Wire.Frames.Bytes.PutUInt32(bytes, crc, new HostCrc32().Compute(bytes, 0, crc));
        return bytes;
    }
}
