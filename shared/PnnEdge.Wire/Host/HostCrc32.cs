using System;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Host
{
    /// <summary>The host's CRC-32; the device's is native (nanoFramework System.IO.Hashing).</summary>
    public sealed class HostCrc32 : ICrc32
    {
        public uint Compute(byte[] buffer, int offset, int count) =>
            System.IO.Hashing.Crc32.HashToUInt32(new ReadOnlySpan<byte>(buffer, offset, count));
    }
}
