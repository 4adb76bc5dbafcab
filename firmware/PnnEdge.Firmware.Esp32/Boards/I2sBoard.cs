using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Boards
{
    /// <summary>
    /// ESP32-DevKitC with two codecs on I2S: PCM5102A out, PCM1808 in, two channels each, 44.1 to 96 kS/s. The fast path: whole blocks, in the
    /// codecs' own frames. One bus plays and the other samples, because the interpreter gives a bus either direction; both are masters on the
    /// same oscillator, so they do not drift apart, but start apart: the right channel is a wire from output to input, by which the host finds the lag. The PCM1808 has a high-pass filter: a voltage that lasts fades within some 100 ms.
    /// </summary>
    public static class I2sBoard
    {
        public const string Name = "esp32-i2s";

        public const int OutputBus = 1;
        public const int OutputBitClockPin = 26;
        public const int OutputWordPin = 25;
        public const int OutputDataPin = 22;

        public const int InputBus = 2;

        /// <summary>The chip can lead its master clock to GPIO0, 1 and 3 only, and the other two are the serial port.</summary>
        public const int InputMasterClockPin = 0;
        public const int InputBitClockPin = 14;
        public const int InputWordPin = 13;
        public const int InputDataPin = 34;

        public const uint MaxRateMilliHertz = 96000000;

        /// <summary>Estimate, not measured: the fractional divider moves an edge by one period of 160 MHz at most, 6.25 ns, 1.8 ns rms.</summary>
        public const uint RateJitterNanos = 2;

        /// <summary>As many frames as the interpreter's buffers hold: 3072 at 96 kS/s.</summary>
        public const int LongestTransferMillis = 32;

        /// <summary>Two pieces of 256 frames, 20 to 22 samples of the PCM5102A's filter and 17 of the PCM1808's, rounded up; by source and data sheets, not measured.</summary>
        public const int LagSamples = 600;

        /// <summary>The interpreter's: it moves samples in pieces of so many frames.</summary>
        public const int PieceFrames = 256;

        /// <summary>A longer block than this takes no frame; the codecs' buffers would hold 12 KiB.</summary>
        private const int FrameBytes = 4096;

        public static PinUse[] Pins() => new PinUse[]
        {
            new PinUse(OutputBitClockPin, "output-bit-clock", "PCM5102A BCK"),
            new PinUse(OutputWordPin, "output-word", "PCM5102A LRCK"),
            new PinUse(OutputDataPin, "output-data", "PCM5102A DIN"),
            new PinUse(InputMasterClockPin, "input-master-clock", "PCM1808 SCKI"),
            new PinUse(InputBitClockPin, "input-bit-clock", "PCM1808 BCK"),
            new PinUse(InputWordPin, "input-word", "PCM1808 LRCK"),
            new PinUse(InputDataPin, "input-data", "PCM1808 DOUT"),
            new PinUse(CommonPins.Enable, "enable", "monostable"),
            new PinUse(CommonPins.Interlock, "interlock", "interlock chain"),
        };

        public static Board Describe(uint unitSerial)
        {
            Board board = CommonPins.Describe(
                Name,
                unitSerial,
                new ChannelRecord[]
                {
                    Output("drive-left", ChannelPurpose.Bench), Output("ref-out-right", ChannelPurpose.Reference),
                    Input("node-left", ChannelPurpose.Bench), Input("ref-in-right", ChannelPurpose.Reference),
                },
                LongestTransferMillis,
                RateJitterNanos,
                programBytes: 0,
                FrameBytes);
            board.LagSamples = LagSamples;
            return board;
        }

        private static ChannelRecord Output(string name, ChannelPurpose purpose) => new ChannelRecord(
            name, ChannelRole.Stimulus, Pcm5102aPcm1808.Bits, LimitGuard.Span, OnInvalid.SafeValue, -Pcm5102aPcm1808.OutputFullScaleVolts,
            Pcm5102aPcm1808.OutputFullScaleVolts, -Pcm5102aPcm1808.OutputFullScaleVolts, Pcm5102aPcm1808.OutputFullScaleVolts,
            2 * Pcm5102aPcm1808.OutputFullScaleVolts, 0f, MaxRateMilliHertz, 1, ChannelCoding.TwosComplement, purpose);

        private static ChannelRecord Input(string name, ChannelPurpose purpose) => new ChannelRecord(
            name, ChannelRole.Measurement, Pcm5102aPcm1808.Bits, LimitGuard.Span, OnInvalid.Hold, -Pcm5102aPcm1808.InputFullScaleVolts,
            Pcm5102aPcm1808.InputFullScaleVolts, -Pcm5102aPcm1808.InputFullScaleVolts, Pcm5102aPcm1808.InputFullScaleVolts,
            2 * Pcm5102aPcm1808.InputFullScaleVolts, 0f, MaxRateMilliHertz, 1, ChannelCoding.TwosComplement, purpose);
    }
}
