using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.TexasInstruments
{
    /// <summary>
    /// DAC7678, eight 12-bit outputs on I2C that can be read back. With an external reference V = VREFIN·code/4096; the internal one is off by
    /// default and stays off.
    /// Source: TI SBAS493C (January 2014): update sequence, Table 7, and address, Tables 8 to 10, page 28; command and access byte, Tables 11 and 12, page 29;
    /// read sequence, Table 16, page 30; data bits, Tables 17 and 18, pages 31 and 34.
    /// </summary>
    public sealed class Dac7678
    {
        public const int Bits = 12;
        public const int Channels = 8;

        /// <summary>Table 10, page 28: 1001, then three bits by the address pins; 000 with ADDR0 at ground.</summary>
        public const int Address = 0x48;

        /// <summary>Table 12, C3–C0 = 0011: write the input register of one channel and update its output; A3–A0 is the channel.</summary>
        private const int WriteAndUpdate = 0x30;

        /// <summary>Table 12, read sequences, C3–C0 = 0001: the DAC register of one channel.</summary>
        private const int ReadRegister = 0x10;

        private readonly II2cPort _port;
        private readonly byte[] _write = new byte[3];
        private readonly byte[] _read = new byte[2];

        public Dac7678(II2cPort port)
        {
            _port = port;
        }

        /// <summary>Sets one output and reads its register back.</summary>
        /// <param name="channel">0 to 7 for A to H.</param>
        public ChipResult Write(int channel, int code)
        {
            if (channel < 0 || channel >= Channels || code < 0 || code >= 1 << Bits)
            {
                return ChipResult.Refused;
            }

            _write[0] = (byte)(WriteAndUpdate | channel);
            _write[1] = (byte)(code >> 4);
            _write[2] = (byte)(code << 4);
            return _port.Write(_write, 3) ? ReadBack.Of(Read(channel), code) : ChipResult.NoAnswer;
        }

        /// <returns>The code of one output, 0 to 4095; or minus the <see cref="ChipResult"/>.</returns>
        public int Read(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                return -(int)ChipResult.Refused;
            }

            _write[0] = (byte)(ReadRegister | channel);
            return _port.WriteRead(_write, 1, _read, 2) ? (_read[0] << 4) | (_read[1] >> 4) : -(int)ChipResult.NoAnswer;
        }
    }
}
