using System;
using System.Security.Cryptography;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The interpreter's own HMAC-SHA256. It takes whole arrays only, so a program is copied while it is judged: rarely, and never for an answer.</summary>
    public sealed class ChipMac : IMac
    {
        public void Compute(byte[] key, byte[] data, int count, byte[] tag)
        {
            byte[] whole = new byte[count];
            Array.Copy(data, 0, whole, 0, count);
            byte[] computed = HMACSHA256.HashData(key, whole);
            Array.Copy(computed, 0, tag, 0, computed.Length);
        }
    }
}
