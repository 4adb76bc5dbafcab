using System.Security.Cryptography;

namespace PnnEdge.Physics.Tests;

/// <summary>
/// The bits of a result. The literals that tests hold them to were written down from 256-bit vectors; 128- and 512-bit ones and a
/// machine without fused hardware gave them too. A change of the physics changes them.
/// </summary>
internal static class Bits
{
    public static string Of(IEnumerable<float> values) => Convert.ToHexString(SHA256.HashData([.. values.SelectMany(BitConverter.GetBytes)]))[..16];
}
