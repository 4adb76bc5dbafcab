using System;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>
    /// The chip's side of DS22187E section 5 with LDAC low: multi-writes (Figure 5-8) and Figure 5-15's answer. References and gains other
    /// than VDD and 1, and writes of the EEPROM, are refused loudly.
    /// </summary>
    public sealed class SimulatedMcp4728 : SimulatedI2cChip
    {
        private readonly double _supplyVolts;
        private readonly int[] _codes = new int[4];
        private readonly int[] _powerDown = new int[4];

        public SimulatedMcp4728(double supplyVolts)
        {
            _supplyVolts = supplyVolts;
        }

        /// <summary>V; not a number while powered down.</summary>
        public double Volts(int channel) => _powerDown[channel] == 0 ? _supplyVolts * _codes[channel] / 4096 : double.NaN;

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length == 0)
            {
                return;
            }

            // The command bits stand in the first group only: C2 C1 C0 W1 W0.
            if (bytes[0] >> 3 != 0x08)
            {
                throw new NotSupportedException($"0x{bytes[0]:X2} was sent; the simulated MCP4728 knows multi-writes, which leave the EEPROM alone.");
            }

            for (; bytes.Length >= 3; bytes = bytes.Slice(3))
            {
                if ((bytes[1] & 0x90) != 0)
                {
                    throw new NotSupportedException($"0x{bytes[1]:X2} was sent; the simulated MCP4728 has VDD as reference and gain 1.");
                }

                if ((bytes[0] & 1) != 0)
                {
                    throw new NotSupportedException("UDAC was sent as 1; the simulated MCP4728's LDAC is low and its outputs follow at once.");
                }

                int channel = (bytes[0] >> 1) & 3;
                _powerDown[channel] = (bytes[1] >> 5) & 3;
                _codes[channel] = ((bytes[1] & 0x0F) << 8) | bytes[2];
            }
        }

        protected override void Give(Span<byte> bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                int channel = i / 6 % 4;
                bool isEeprom = i % 6 >= 3;
                bytes[i] = (i % 3) switch
                {
                    0 => (byte)(0xC0 | (channel << 4)), // ready, powered on
                    1 => (byte)(isEeprom ? 0 : (_powerDown[channel] << 5) | (_codes[channel] >> 8)),
                    _ => (byte)(isEeprom ? 0 : _codes[channel]),
                };
            }
        }
    }
}
