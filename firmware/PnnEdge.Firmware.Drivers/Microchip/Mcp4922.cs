using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Microchip
{
    /// <summary>
    /// MCP4922, two 12-bit outputs on SPI: one 16-bit write per value, taken over when chip select rises, so one transfer per value.
    /// V = VREF·code/4096. LDAC is tied low: the output follows at once.
    /// Source: Microchip DS22250A (2010), sections 5.1 and 5.2, page 23 (16 clocks, later ones ignored, SPI mode 0,0 or 1,1); Register 5-1, page 24; Figure 5-1, page 25.
    /// </summary>
    /// <remarks>It cannot be read: nobody notices a chip that is not there. A board measures its output where that matters.</remarks>
    public sealed class Mcp4922
    {
        public const int Bits = 12;
        public const int Channels = 2;

        /// <summary>AC characteristics, page 7: 20 MHz; half of it, for wires on a bench.</summary>
        public const int ClockHertz = 10000000;

        /// <summary>Register 5-1, bit 15: which output.</summary>
        private const int SelectB = 0x80;

        /// <summary>Register 5-1, bit 14: the reference input is buffered.</summary>
        private const int Buffered = 0x40;

        /// <summary>Register 5-1, bit 13 set: gain 1; clear would be 2.</summary>
        private const int GainOne = 0x20;

        /// <summary>Register 5-1, bit 12 set: the output drives; clear: 500 kΩ.</summary>
        private const int Active = 0x10;

        private readonly ISpiPort _port;
        private readonly byte[] _write = new byte[2];
        private readonly byte[] _read = new byte[2];

        public Mcp4922(ISpiPort port)
        {
            _port = port;
        }

        /// <param name="channel">0: output A; 1: output B.</param>
        public ChipResult Write(int channel, int code)
        {
            if (code < 0 || code >= 1 << Bits)
            {
                return ChipResult.Refused;
            }

            return Send(channel, Active | (code >> 8), code);
        }

        /// <summary>Takes an output off the pin: 500 kΩ (Register 5-1), pulled to where the board's resistors pull it.</summary>
        public ChipResult ShutDown(int channel) => Send(channel, 0, 0);

        private ChipResult Send(int channel, int high, int low)
        {
            if (channel < 0 || channel >= Channels)
            {
                return ChipResult.Refused;
            }

            _write[0] = (byte)((channel == 0 ? 0 : SelectB) | Buffered | GainOne | high);
            _write[1] = (byte)low;
            return _port.Transfer(_write, _read, 2) ? ChipResult.Ok : ChipResult.NoAnswer;
        }
    }
}
