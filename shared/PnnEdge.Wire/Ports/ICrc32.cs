namespace PnnEdge.Wire.Ports
{
    /// <summary>CRC-32 (IEEE 802.3, reflected, as in zlib); native on the device.</summary>
    public interface ICrc32
    {
        /// <summary>Of <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
        uint Compute(byte[] buffer, int offset, int count);
    }
}
