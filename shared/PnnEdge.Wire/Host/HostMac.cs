using System;
using System.Security.Cryptography;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Host
{
    /// <summary>The host's HMAC-SHA256; the device's is native (nanoFramework System.Security.Cryptography).</summary>
    public sealed class HostMac : IMac
    {
        public void Compute(byte[] key, byte[] data, int count, byte[] tag) => HMACSHA256.HashData(key, new ReadOnlySpan<byte>(data, 0, count), tag);
    }
}
