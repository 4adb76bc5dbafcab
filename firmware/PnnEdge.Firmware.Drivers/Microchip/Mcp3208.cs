using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Microchip
{
    /// <summary>
    /// MCP3208, eight 12-bit inputs on SPI: a conversion is asked for, made and read in one transfer of three bytes, one transfer per value.
    /// code = 4096·V/VREF.
    /// Source: Microchip DS21298E (2008), section 5.0 and Table 5-2, pages 19–20; bytes of section 6.1 and Figure 6-1, page 21; SPI mode 0,0 or 1,1.
    /// </summary>
    public sealed class Mcp3208
    {
        public const int Bits = 12;
        public const int Channels = 8;

        /// <summary>Section 1.0: 1 MHz at 2.7 V, 2 MHz at 5 V.</summary>
        public const int ClockHertz = 1000000;

        /// <summary>Figure 6-1, first byte: five leading zeros, the start bit, SGL/DIFF = 1 for single ended, D2.</summary>
        private const int StartSingleEnded = 0x06;

        /// <summary>Figure 6-1, second byte received: three unknown bits, then the null bit, which is low.</summary>
        private const int NullBit = 0x10;

        /// <summary>Of one conversion.</summary>
        public const int FrameBytes = 3;

        private readonly ISpiPort _port;
        private readonly byte[] _write = new byte[FrameBytes];
        private readonly byte[] _read = new byte[FrameBytes];

        public Mcp3208(ISpiPort port)
        {
            _port = port;
        }

        /// <returns>0 to 4095; or minus the <see cref="ChipResult"/>.</returns>
        public int Read(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                return -(int)ChipResult.Refused;
            }

            Ask(_write, 0, channel);
            return _port.Transfer(_write, _read, FrameBytes) ? Answer(_read, 0) : -(int)ChipResult.NoAnswer;
        }

        /// <summary>What is sent for one conversion: <see cref="FrameBytes"/> under one chip select.</summary>
        public static void Ask(byte[] write, int at, int channel)
        {
            write[at] = (byte)(StartSingleEnded | (channel >> 2));
            write[at + 1] = (byte)(channel << 6);
            write[at + 2] = 0;
        }

        /// <summary>The code in what came back meanwhile, or minus the <see cref="ChipResult"/>. A line that nobody drives is pulled up: then the null bit is high.</summary>
        public static int Answer(byte[] read, int at) =>
            (read[at + 1] & NullBit) != 0 ? -(int)ChipResult.WrongAnswer : ((read[at + 1] & 0x0F) << 8) | read[at + 2];
    }
}
