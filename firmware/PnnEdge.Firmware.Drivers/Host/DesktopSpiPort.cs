using System;
using System.Device.Spi;
using System.IO;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host
{
    /// <summary>A chip on a computer's SPI bus, such as a Raspberry Pi's.</summary>
    public sealed class DesktopSpiPort : ISpiPort
    {
        private readonly SpiDevice _device;

        public DesktopSpiPort(SpiDevice device)
        {
            _device = device;
        }

        public bool Transfer(byte[] write, byte[] read, int count)
        {
            try
            {
                _device.TransferFullDuplex(write.AsSpan(0, count), read.AsSpan(0, count));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
