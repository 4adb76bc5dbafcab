namespace PnnEdge.Wire.Ports
{
    /// <summary>HMAC-SHA256; native on the device.</summary>
    public interface IMac
    {
        /// <summary>Of the first <paramref name="count"/> bytes of <paramref name="data"/>.</summary>
        /// <param name="tag">32 bytes; overwritten.</param>
        void Compute(byte[] key, byte[] data, int count, byte[] tag);
    }
}
