using System;
using System.Device.I2c;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>A chip on the device's I2C bus, at 400 kHz; the interpreter tells by status what the bus did.</summary>
    public sealed class I2cPort : II2cPort
    {
        private readonly I2cDevice _device;

        public I2cPort(int bus, int address)
        {
            _device = I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cBusSpeed.FastMode));
        }

        public bool Write(byte[] data, int count) => IsWhole(_device.Write(new SpanByte(data, 0, count)), count);

        public bool Read(byte[] into, int count) => IsWhole(_device.Read(new SpanByte(into, 0, count)), count);

        public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount) =>
            IsWhole(_device.WriteRead(new SpanByte(write, 0, writeCount), new SpanByte(into, 0, readCount)), writeCount + readCount);

        private static bool IsWhole(I2cTransferResult result, int count) =>
            result.Status == I2cTransferStatus.FullTransfer && result.BytesTransferred == count;
    }
}
