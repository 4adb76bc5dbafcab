using System;
using System.Device.I2c;
using System.IO;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host
{
    /// <summary>A chip on a computer's I2C bus; a missing acknowledgement is an IOException there.</summary>
    public sealed class DesktopI2cPort : II2cPort
    {
        private readonly I2cDevice _device;

        public DesktopI2cPort(I2cDevice device)
        {
            _device = device;
        }

        public bool Write(byte[] data, int count)
        {
            try
            {
                _device.Write(data.AsSpan(0, count));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public bool Read(byte[] into, int count)
        {
            try
            {
                _device.Read(into.AsSpan(0, count));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount)
        {
            try
            {
                _device.WriteRead(write.AsSpan(0, writeCount), into.AsSpan(0, readCount));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
