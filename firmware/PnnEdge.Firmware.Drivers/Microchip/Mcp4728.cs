using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Microchip
{
    /// <summary>
    /// MCP4728, four 12-bit outputs on I2C that can be read back. V = VDD·code/4096: the supply is the reference, gain 1. LDAC is tied low. Its
    /// EEPROM, which sets the outputs at power-up, is left alone: it wears.
    /// Source: Microchip DS22187E (2010), Figure 5-8, page 39 (multi-write of input registers); Figure 5-15, page 45 (read).
    /// </summary>
    public sealed class Mcp4728
    {
        public const int Bits = 12;
        public const int Channels = 4;

        /// <summary>Figure 5-8: 1100 A2 A1 A0; 000 unless the maker or LDAC in time with the bus programmed another (page 42).</summary>
        public const int Address = 0x60;

        /// <summary>Figure 5-8, second byte: C2 C1 C0 W1 W0 = 01000, then DAC1 DAC0 for the channel and UDAC = 0: the output follows.</summary>
        private const int MultiWrite = 0x40;

        /// <summary>Figure 5-15: three bytes of input register and three of EEPROM, channel after channel.</summary>
        private const int BytesPerChannel = 6;

        /// <summary>Figure 5-15, first byte: DAC1 DAC0 say whose register follows.</summary>
        private const int WhoseMask = 0x30;

        /// <summary>Figure 5-15, second byte: VREF PD1 PD0 Gx, all 0 as they were written.</summary>
        private const int SettingsMask = 0xF0;

        private readonly II2cPort _port;
        private readonly byte[] _write = new byte[3];
        private readonly byte[] _read = new byte[BytesPerChannel * Channels];

        public Mcp4728(II2cPort port)
        {
            _port = port;
        }

        /// <summary>Sets one output and reads its register back.</summary>
        /// <param name="channel">0 to 3 for A to D.</param>
        public ChipResult Write(int channel, int code)
        {
            if (channel < 0 || channel >= Channels || code < 0 || code >= 1 << Bits)
            {
                return ChipResult.Refused;
            }

            // Third byte: VREF PD1 PD0 Gx D11–D8, with VREF = 0 for VDD, PD = 00 for normal operation, Gx = 0 for gain 1.
            _write[0] = (byte)(MultiWrite | (channel << 1));
            _write[1] = (byte)(code >> 8);
            _write[2] = (byte)code;
            return _port.Write(_write, 3) ? ReadBack.Of(Read(channel), code) : ChipResult.NoAnswer;
        }

        /// <returns>The code of one output, 0 to 4095; or minus the <see cref="ChipResult"/>.</returns>
        public int Read(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                return -(int)ChipResult.Refused;
            }

            // The chip tells from channel A on: as much as is needed.
            int at = BytesPerChannel * channel;
            if (!_port.Read(_read, at + 3))
            {
                return -(int)ChipResult.NoAnswer;
            }

            // Powered down, or on another reference, the code is not what is on the output.
            bool isOurs = (_read[at] & WhoseMask) == channel << 4 && (_read[at + 1] & SettingsMask) == 0;
            return isOurs ? (_read[at + 1] << 8) | _read[at + 2] : -(int)ChipResult.WrongAnswer;
        }
    }
}
