namespace PnnEdge.Firmware.Drivers.TexasInstruments
{
    /// <summary>
    /// PCM5102A (two outputs) and PCM1808 (two inputs) on I2S. Both are set by pins and have no registers: the driver is their block format
    /// and clocks. A frame is left word, right word; a word is 16 bits of two's complement, low byte first in memory, most significant bit
    /// first on the wire and one bit clock after the word select's edge (I2S format).
    /// Source: TI SLAS859C (May 2015), section 9.3.2, Table 2, Figures 13–14, pages 15–16, and section 9.3.5.3, Table 11, page 25 (clocks without SCK);
    /// TI SLES177B (August 2015), section 7.3.5, Tables 2 and 3, page 16, and Figure 24, page 17.
    /// </summary>
    public static class Pcm5102aPcm1808
    {
        public const int Channels = 2;
        public const int Bits = 16;
        public const int FrameBytes = 4;

        /// <summary>SLAS859C, page 9: 2.1 V rms around ground at full scale (gain error 6 % at most), so 2.97 V at the crest.</summary>
        public const float OutputFullScaleVolts = 2.97f;

        /// <summary>SLES177B (August 2015), section 6.3, page 4: 3 V from crest to crest at VCC = 5 V. Its high-pass filter, 0.91 Hz at 48 kS/s and in proportion (page 6), takes off what lasts.</summary>
        public const float InputFullScaleVolts = 1.5f;

        /// <summary>Output: 16 bits for each of two words; SLAS859C Table 11 allows 32 for these rates, with SCK at ground.</summary>
        public const int OutputBitClocks = 32;

        /// <summary>Input: the device's bus master reads 32-bit slots, and SLES177B (page 16) takes 64 but not 32 as a slave.</summary>
        public const int InputBitClocks = 64;

        /// <summary>SLES177B Table 2: recognised by itself as a slave.</summary>
        public const int InputMasterClocks = 256;

        /// <summary>The rates that both name and that the fast path is for, Hz.</summary>
        public static bool HasRate(int hertz) => hertz == 44100 || hertz == 48000 || hertz == 96000;
    }
}
