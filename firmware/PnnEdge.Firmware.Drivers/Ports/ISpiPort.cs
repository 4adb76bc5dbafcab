namespace PnnEdge.Firmware.Drivers.Ports
{
    /// <summary>
    /// One chip on an SPI bus: mode and clock were set when it was opened. The device's SpiDevice takes SpanByte and the desktop's takes
    /// Span&lt;byte&gt;: an adapter on each side of this port keeps that difference out of the drivers.
    /// </summary>
    public interface ISpiPort
    {
        /// <summary>
        /// Chip select low, <paramref name="count"/> bytes out and in at once, chip select high. False when not all of them went.
        /// </summary>
        bool Transfer(byte[] write, byte[] read, int count);
    }
}
