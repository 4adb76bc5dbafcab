using System;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>The chip's side of DS22039D section 6, pages 23–26: fast writes, writes of the register alone, and Figure 6-3's answer. EEPROM writes are refused loudly.</summary>
    public sealed class SimulatedMcp4725 : SimulatedI2cChip
    {
        private readonly double _supplyVolts;
        private int _code = 0x800; // the EEPROM's content as shipped: half scale
        private int _powerDown;

        public SimulatedMcp4725(double supplyVolts)
        {
            _supplyVolts = supplyVolts;
        }

        /// <summary>V; not a number while powered down.</summary>
        public double Volts => _powerDown == 0 ? _supplyVolts * _code / 4096 : double.NaN;

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                int command = bytes[0] >> 5;
                if (command >= 3)
                {
                    throw new NotSupportedException($"Command {command} was sent; the simulated MCP4725 knows the writes that leave the EEPROM alone.");
                }

                bool fast = command < 2;
                int length = fast ? 2 : 3;
                if (bytes.Length < length)
                {
                    return;
                }

                _powerDown = fast ? (bytes[0] >> 4) & 3 : (bytes[0] >> 1) & 3;
                _code = fast ? ((bytes[0] & 0x0F) << 8) | bytes[1] : (bytes[1] << 4) | (bytes[2] >> 4);
                bytes = bytes.Slice(length);
            }
        }

        protected override void Give(Span<byte> bytes)
        {
            byte[] answer = { (byte)(0xC0 | (_powerDown << 1)), (byte)(_code >> 4), (byte)(_code << 4), 0x08, 0x00 };
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = answer[i % answer.Length];
            }
        }
    }
}
