using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Microchip
{
    /// <summary>
    /// MCP4725, one 12-bit output on I2C that can be read back. V = VDD·code/4096. Its EEPROM, which sets the output at power-up, is left
    /// alone: it wears.
    /// Source: Microchip DS22039D (2009), section 6.1.1 and Figure 6-1, pages 23–24 (fast write); section 6.2 and Figure 6-3, page 26 (read).
    /// </summary>
    public sealed class Mcp4725
    {
        public const int Bits = 12;

        /// <summary>Section 6.0: 1100 A2 A1 A0; A2 and A1 are 0 in the MCP4725A0, A0 is a pin.</summary>
        public const int Address = 0x60;

        private readonly II2cPort _port;
        private readonly byte[] _write = new byte[2];
        private readonly byte[] _read = new byte[3];

        public Mcp4725(II2cPort port)
        {
            _port = port;
        }

        /// <summary>Sets the output and reads the register back.</summary>
        public ChipResult Write(int code)
        {
            if (code < 0 || code >= 1 << Bits)
            {
                return ChipResult.Refused;
            }

            // Figure 6-1: 0 0 PD1 PD0 D11–D8, then D7–D0; PD = 00 is normal operation.
            _write[0] = (byte)(code >> 8);
            _write[1] = (byte)code;
            return _port.Write(_write, 2) ? ReadBack.Of(Read(), code) : ChipResult.NoAnswer;
        }

        /// <returns>The code on the output, 0 to 4095; or minus the <see cref="ChipResult"/>.</returns>
        public int Read()
        {
            if (!_port.Read(_read, 3))
            {
                return -(int)ChipResult.NoAnswer;
            }

            // Figure 6-3: RDY/BSY POR X X X PD1 PD0 X, then D11–D4, then D3–D0 X X X X. Powered down, the code is not on the output.
            return (_read[0] & 0x06) != 0 ? -(int)ChipResult.WrongAnswer : (_read[1] << 4) | (_read[2] >> 4);
        }
    }
}
