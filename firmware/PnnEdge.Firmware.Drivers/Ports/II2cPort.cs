namespace PnnEdge.Firmware.Drivers.Ports
{
    /// <summary>One chip on an I2C bus, by the address it was opened with. See <see cref="ISpiPort"/> for why there is a port.</summary>
    public interface II2cPort
    {
        /// <summary>START, address, <paramref name="count"/> bytes, STOP. False when one of them was not acknowledged.</summary>
        bool Write(byte[] data, int count);

        /// <summary>START, address, <paramref name="count"/> bytes read, STOP. False when the address was not acknowledged or fewer came.</summary>
        bool Read(byte[] into, int count);

        /// <summary>A write and, after a repeated START, a read. False when either was cut short.</summary>
        bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount);
    }
}
