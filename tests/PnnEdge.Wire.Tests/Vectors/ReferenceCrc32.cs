namespace PnnEdge.Wire.Tests.Vectors;

/// <summary>CRC-32 bit by bit, from its definition (IEEE 802.3, reflected): slow, short, and nobody else's code.</summary>
internal static class ReferenceCrc32
{
    internal static uint Of(ReadOnlySpan<byte> data)
    {
        uint remainder = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
            }
        }

        return ~remainder;
    }
}
