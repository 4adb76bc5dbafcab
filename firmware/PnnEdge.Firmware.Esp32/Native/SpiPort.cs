using System;
using System.Device.Spi;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>A chip on the device's SPI bus; the interpreter lowers and raises chip select around each transfer.</summary>
    public sealed class SpiPort : ISpiPort
    {
        private readonly SpiDevice _device;

        public SpiPort(int bus, int selectPin, int clockHertz)
        {
            SpiConnectionSettings settings = new SpiConnectionSettings(bus, selectPin);
            settings.ClockFrequency = clockHertz;
            settings.Mode = SpiMode.Mode0;
            settings.DataFlow = DataFlow.MsbFirst;
            _device = SpiDevice.Create(settings);
        }

        public bool Transfer(byte[] write, byte[] read, int count)
        {
            try
            {
                _device.TransferFullDuplex(new SpanByte(write, 0, count), new SpanByte(read, 0, count));
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
