using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Boards
{
    /// <summary>
    /// ESP32-DevKitC with 12-bit converters on SPI: MCP4922 out, MCP3208 in, each on a bus of its own because a second chip on a bus inherits
    /// the first one's clock; MCP4725 on I2C for a static bias that is read back. Still the slow path: the chips latch on chip select, so
    /// every word is a call. Drive and node are ±3 V behind the level shifters of hardware/README.md (3.0 V reference), the bias is at the chip's pin.
    /// </summary>
    public static class SpiBoard
    {
        public const string Name = "esp32-spi";

        public const int DacBus = 1;
        public const int DacClockPin = 18;
        public const int DacDataPin = 23;

        /// <summary>The chip has no data output; the bus wants a pin.</summary>
        public const int DacUnusedInputPin = 19;
        public const int DacSelectPin = 4;

        public const int AdcBus = 2;
        public const int AdcClockPin = 14;
        public const int AdcDataOutPin = 13;
        public const int AdcDataInPin = 33;
        public const int AdcSelectPin = 32;

        public const int BiasBus = 1;
        public const int BiasDataPin = 21;
        public const int BiasClockPin = 22;

        public const int DriveDacChannel = 0;
        public const int NodeAdcChannel = 0;

        /// <summary>The inputs beside the node's are what a deployed network looks at by itself.</summary>
        public const int FirstSensorAdcChannel = 1;
        public const int Sensors = Mcp3208.Channels - FirstSensorAdcChannel;

        /// <summary>A sample is two native SPI calls, 26 µs of them on the wires, and some 0.5 ms of interpreting, drivers included: 4 ms leave most of it to collector and radio.</summary>
        public const uint MaxRateMilliHertz = 250000;

        /// <summary>Estimate, not measured: see <see cref="BuiltInBoard.RateJitterNanos"/>.</summary>
        public const uint RateJitterNanos = 200000;
        public const int LongestTransferMillis = 1000;

        private const float RangeVolts = 3f;
        private const float BiasSupplyVolts = 3.3f;

        public static PinUse[] Pins() => new PinUse[]
        {
            new PinUse(DacClockPin, "dac-clock", "MCP4922 SCK"),
            new PinUse(DacDataPin, "dac-data", "MCP4922 SDI"),
            new PinUse(DacUnusedInputPin, "dac-unused", "nothing"),
            new PinUse(DacSelectPin, "dac-select", "MCP4922 CS"),
            new PinUse(AdcClockPin, "adc-clock", "MCP3208 CLK"),
            new PinUse(AdcDataOutPin, "adc-data-out", "MCP3208 DIN"),
            new PinUse(AdcDataInPin, "adc-data-in", "MCP3208 DOUT"),
            new PinUse(AdcSelectPin, "adc-select", "MCP3208 CS"),
            new PinUse(BiasDataPin, "bias-data", "MCP4725 SDA"),
            new PinUse(BiasClockPin, "bias-clock", "MCP4725 SCL"),
            new PinUse(CommonPins.Enable, "enable", "monostable"),
            new PinUse(CommonPins.Interlock, "interlock", "interlock chain"),
        };

        public static Board Describe(uint unitSerial)
        {
            float biasTop = BiasSupplyVolts * 4095 / 4096;
            return CommonPins.Describe(
                Name,
                unitSerial,
                new ChannelRecord[]
                {
                    new ChannelRecord(
                        "drive", ChannelRole.Stimulus, Mcp4922.Bits, LimitGuard.PerWord, OnInvalid.SafeValue, -RangeVolts, RangeVolts, -RangeVolts,
                        RangeVolts, 2 * RangeVolts, 0f, MaxRateMilliHertz),
                    new ChannelRecord(
                        "node", ChannelRole.Measurement, Mcp3208.Bits, LimitGuard.Span, OnInvalid.Hold, -RangeVolts, RangeVolts, -RangeVolts, RangeVolts,
                        2 * RangeVolts, 0f, MaxRateMilliHertz),
                    new ChannelRecord(
                        "bias", ChannelRole.Actuator, Mcp4725.Bits, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, BiasSupplyVolts, 0f, biasTop,
                        BiasSupplyVolts, 0f, 0),
                },
                LongestTransferMillis,
                RateJitterNanos,
                CommonPins.LongestProgramBytes,
                CommonPins.WordFrameBytes);
        }
    }
}
