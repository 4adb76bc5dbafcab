using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.TexasInstruments
{
    /// <summary>
    /// ADS1115, four 16-bit inputs on I2C, one conversion at a time (1.2 ms at 860 SPS). Its two's complement is given as offset binary, as
    /// every code of ours is: 0 V is 32768, a step is 125 µV. An input against ground never goes below 0 V: 15 bits of it are of use.
    /// Source: TI SBAS444D (January 2018): address, Table 4, page 23; reading and writing a register, Figures 30 and 31, pages 24–25; codes, Table 5, page 26;
    /// pointer, Conversion and Config registers, Tables 6 to 8, pages 27–29; data rate ±10 %, page 7. The same bits in SBAS444E (December 2024).
    /// </summary>
    public sealed class Ads1115
    {
        public const int Bits = 16;
        public const int Channels = 4;

        /// <summary>Table 4: 1001000 with ADDR at ground.</summary>
        public const int Address = 0x48;

        /// <summary>Of the range ±4.096 V.</summary>
        public const float FullScaleVolts = 4.096f;

        private const int ConversionRegister = 0;
        private const int ConfigRegister = 1;

        /// <summary>Config bit 15: write 1 to start, reads 1 when no conversion is under way.</summary>
        private const int Start = 0x8000;

        /// <summary>Config bits 14–12: 100 is AIN0 against ground, 111 AIN3.</summary>
        private const int AgainstGround = 0x4000;

        /// <summary>Config bits 11–9 = 001 (±4.096 V), 8 = 1 (single shot), 7–5 = 111 (860 SPS), 1–0 = 11 (no comparator).</summary>
        private const int RangeModeRate = 0x0200 | 0x0100 | 0x00E0 | 0x0003;

        private readonly II2cPort _port;
        private readonly int _questions;
        private readonly byte[] _write = new byte[3];
        private readonly byte[] _read = new byte[2];

        /// <param name="questions">How often to ask whether a conversion is done before giving up; each takes 0.1 ms of bus at 400 kHz.</param>
        public Ads1115(II2cPort port, int questions)
        {
            _port = port;
            _questions = questions;
        }

        /// <returns>0 to 65535, 32768 at 0 V; or minus the <see cref="ChipResult"/>.</returns>
        public int Read(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                return -(int)ChipResult.Refused;
            }

            int config = Start | AgainstGround | (channel << 12) | RangeModeRate;
            _write[0] = ConfigRegister;
            _write[1] = (byte)(config >> 8);
            _write[2] = (byte)config;
            if (!_port.Write(_write, 3))
            {
                return -(int)ChipResult.NoAnswer;
            }

            for (int i = 0; i < _questions; i++)
            {
                int now = ReadRegister(ConfigRegister);
                if (now < 0)
                {
                    return now;
                }

                if ((now & ~Start) != (config & ~Start))
                {
                    return -(int)ChipResult.WrongAnswer;
                }

                if ((now & Start) != 0)
                {
                    int twosComplement = ReadRegister(ConversionRegister);
                    return twosComplement < 0 ? twosComplement : twosComplement ^ 0x8000;
                }
            }

            return -(int)ChipResult.NotReady;
        }

        private int ReadRegister(int register)
        {
            _write[0] = (byte)register;
            return _port.WriteRead(_write, 1, _read, 2) ? (_read[0] << 8) | _read[1] : -(int)ChipResult.NoAnswer;
        }
    }
}
