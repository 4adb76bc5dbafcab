using System;
using System.Device.I2c;
using System.Device.Spi;
using System.IO;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>A simulated chip as desktop System.Device.Gpio's SpiDevice: for any driver that is written for that.</summary>
    public class SimulatedSpiDevice : SpiDevice
    {
        private readonly ISpiPort _chip;
        private readonly SpiConnectionSettings _settings;
        private readonly Action _moved;

        /// <param name="moved">Called after every transfer.</param>
        public SimulatedSpiDevice(ISpiPort chip, SpiConnectionSettings settings, Action moved)
        {
            _chip = chip;
            _settings = settings;
            _moved = moved;
        }

        public override SpiConnectionSettings ConnectionSettings => _settings;

        public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            byte[] read = new byte[writeBuffer.Length];
            if (!_chip.Transfer(writeBuffer.ToArray(), read, read.Length))
            {
                throw new IOException("the simulated bus was cut short");
            }

            read.AsSpan(0, readBuffer.Length).CopyTo(readBuffer);
            _moved();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => TransferFullDuplex(buffer, default);

        public override void Read(Span<byte> buffer) => TransferFullDuplex(new byte[buffer.Length], buffer);
    }

    /// <summary>A simulated chip as desktop System.Device.Gpio's I2cDevice; a missing acknowledgement is an IOException, as on Linux.</summary>
    public sealed class SimulatedI2cDevice : I2cDevice
    {
        private readonly II2cPort _chip;
        private readonly I2cConnectionSettings _settings;
        private readonly Action _moved;

        /// <param name="moved">Called after every transfer.</param>
        public SimulatedI2cDevice(II2cPort chip, I2cConnectionSettings settings, Action moved)
        {
            _chip = chip;
            _settings = settings;
            _moved = moved;
        }

        public override I2cConnectionSettings ConnectionSettings => new I2cConnectionSettings(_settings.BusId, _settings.DeviceAddress);

        public override void Read(Span<byte> buffer)
        {
            byte[] read = new byte[buffer.Length];
            RequireWhole(_chip.Read(read, read.Length));
            read.CopyTo(buffer);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            RequireWhole(_chip.Write(buffer.ToArray(), buffer.Length));
            _moved();
        }

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            byte[] read = new byte[readBuffer.Length];
            RequireWhole(_chip.WriteRead(writeBuffer.ToArray(), writeBuffer.Length, read, read.Length));
            read.CopyTo(readBuffer);
            _moved();
        }

        private static void RequireWhole(bool isWhole)
        {
            if (!isWhole)
            {
                throw new IOException("no acknowledgement on the simulated bus");
            }
        }
    }
}
