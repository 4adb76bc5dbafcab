using System;
using System.IO.Hashing;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The interpreter's own CRC-32.</summary>
    public sealed class ChipCrc32 : ICrc32
    {
        public uint Compute(byte[] buffer, int offset, int count) => Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
    }
}
