using PnnEdge.Firmware.Core;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Boards
{
    /// <summary>
    /// ESP32-DevKitC with what the chip has: 8-bit outputs on GPIO25 and 26, 12-bit input of converter 1 (converter 2 does not work beside Wi-Fi).
    /// Slow path. Volts are those at the pins; a bench of other volts has its amplifiers in front and its ranges here.
    /// </summary>
    public static class BuiltInBoard
    {
        public const string Name = "esp32-builtin";

        /// <summary>Output 1 of the chip.</summary>
        public const int DrivePin = 25;
        public const int DriveDacChannel = 0;

        /// <summary>Output 2 of the chip.</summary>
        public const int BiasPin = 26;
        public const int BiasDacChannel = 1;

        /// <summary>Channel 6 of converter 1.</summary>
        public const int NodePin = 34;
        public const int NodeAdcChannel = 6;

        public const int DacBits = 8;
        public const int AdcBits = 12;

        /// <summary>A sample is two native calls (106–200 µs each on an ESP32) and 0.4 ms of interpreting: 4 ms leave most of it to collector and radio.</summary>
        public const uint MaxRateMilliHertz = 250000;

        /// <summary>Estimate, not measured: a native call that another task interrupts. What comes a whole sample late is flagged as run dry.</summary>
        public const uint RateJitterNanos = 200000;
        public const int LongestTransferMillis = 1000;

        private const float SupplyVolts = 3.3f;

        /// <summary>With the attenuation of 12 dB that the interpreter sets; the curve bends above 2.5 V, which the host's calibration has to know.</summary>
        private const float AdcFullScaleVolts = 3.3f;

        public static PinUse[] Pins() => new PinUse[]
        {
            new PinUse(DrivePin, "drive", "bench"),
            new PinUse(BiasPin, "bias", "bench"),
            new PinUse(NodePin, "node", "bench"),
            new PinUse(CommonPins.Enable, "enable", "monostable"),
            new PinUse(CommonPins.Interlock, "interlock", "interlock chain"),
        };

        /// <summary>Limits leave the top code out, so that each of them has a code.</summary>
        public static Board Describe(uint unitSerial)
        {
            float top = SupplyVolts * 255 / 256;
            return CommonPins.Describe(
                Name,
                unitSerial,
                new ChannelRecord[]
                {
                    new ChannelRecord(
                        "drive", ChannelRole.Stimulus, DacBits, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, SupplyVolts, 0f, top, SupplyVolts, 0f, MaxRateMilliHertz),
                    new ChannelRecord(
                        "node", ChannelRole.Measurement, AdcBits, LimitGuard.Span, OnInvalid.Hold, 0f, AdcFullScaleVolts, 0f, AdcFullScaleVolts,
                        AdcFullScaleVolts, 0f, MaxRateMilliHertz),
                    new ChannelRecord(
                        "bias", ChannelRole.Actuator, DacBits, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, SupplyVolts, 0f, top, SupplyVolts, 0f, 0),
                },
                LongestTransferMillis,
                RateJitterNanos,
                CommonPins.LongestProgramBytes,
                CommonPins.WordFrameBytes);
        }
    }
}
