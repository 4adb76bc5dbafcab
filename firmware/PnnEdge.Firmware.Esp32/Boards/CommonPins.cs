using PnnEdge.Firmware.Core;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Boards
{
    /// <summary>What all boards on an ESP32-DevKitC share: the safety lines, sizes and times.</summary>
    public static class CommonPins
    {
        /// <summary>Pulse train into the retriggerable monostable; a pull-down holds it low through reset and boot.</summary>
        public const int Enable = 27;

        /// <summary>High while the interlock chain is closed; input only, so a pull-down outside makes an open chain low.</summary>
        public const int Interlock = 35;

        /// <summary>Serial line for Improv, to an adapter's input. High while nothing is sent, as the chip wants this pin at reset.</summary>
        public const int SetupTransmit = 5;

        /// <summary>From the adapter's output; input only, so a pull-up outside keeps it quiet without an adapter.</summary>
        public const int SetupReceive = 36;

        /// <summary>Not of the bench: where a serial adapter goes while somebody sets the network up.</summary>
        public static PinUse[] ServicePins() => new PinUse[]
        {
            new PinUse(SetupTransmit, "setup-transmit", "serial adapter RX"),
            new PinUse(SetupReceive, "setup-receive", "serial adapter TX"),
        };

        public const string FirmwareVersion = "0.1.0";

        /// <summary>Of boards that play word by word: a block of their longest transfer takes 556 bytes, a request of 196 features 828.</summary>
        public const int WordFrameBytes = 1024;

        /// <summary>Frames whose answers are kept, and so the host's window.</summary>
        private const int AnsweredFrames = 6;

        /// <summary>Twice what the vowel network of the optical bench takes.</summary>
        public const int LongestProgramBytes = 8 * 1024;

        /// <summary>Sizes and times that do not depend on the converters; see the memory budget in firmware/README.md.</summary>
        /// <param name="longestTransferMillis">A quarter of the shortest lease.</param>
        /// <param name="programBytes">Longest program; 0 where there are two channels each way, which a program does not know.</param>
        /// <param name="frameBytes">Longest frame: <see cref="AnsweredFrames"/> of them are set aside at start.</param>
        public static Board Describe(
            string name, uint unitSerial, ChannelRecord[] channels, int longestTransferMillis, uint rateJitterNanos, int programBytes, int frameBytes)
        {
            return new Board
            {
                Name = name,
                FirmwareVersion = FirmwareVersion,
                UnitSerial = unitSerial,
                Channels = channels,
                MaxFrameBytes = frameBytes,
                FrameMemoryBytes = AnsweredFrames * frameBytes,
                ParameterSets = 4,
                ProgramBytes = programBytes,
                ProgramMemoryBytes = programBytes,
                KeptResults = programBytes > 0 ? 8 : 0,
                LongestTransferMillis = longestTransferMillis,
                MaxLeaseMillis = 10000,
                LoopWatchdogMillis = 2000,
                HeartbeatMillis = 2000,
                RateJitterNanos = rateJitterNanos,

                // The module has no sensor that is worth trusting: nothing is ever compared with this.
                MaxTemperatureMilliCelsius = 85000,
            };
        }
    }
}
