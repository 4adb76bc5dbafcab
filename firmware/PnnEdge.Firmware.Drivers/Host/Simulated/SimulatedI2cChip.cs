using System;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>What all simulated I2C chips share: each is spoken to in bytes between START and STOP, and can be taken off the bus.</summary>
    public abstract class SimulatedI2cChip : II2cPort
    {
        /// <summary>False: its address is not acknowledged, as with a broken wire.</summary>
        public bool IsThere { get; set; } = true;

        public bool Write(byte[] data, int count)
        {
            if (IsThere)
            {
                Take(data.AsSpan(0, count));
            }

            return IsThere;
        }

        public bool Read(byte[] into, int count)
        {
            if (IsThere)
            {
                Give(into.AsSpan(0, count));
            }

            return IsThere;
        }

        public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount) => Write(write, writeCount) && Read(into, readCount);

        /// <summary>Bytes after the address with its write bit.</summary>
        protected abstract void Take(ReadOnlySpan<byte> bytes);

        /// <summary>Fills what is read after the address with its read bit.</summary>
        protected abstract void Give(Span<byte> bytes);
    }
}
