using PnnEdge.Firmware.Core;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>The boards that the simulator stands for, as data. Ranges, limits and rates are ours unless they say otherwise.</summary>
public static class VirtualBoards
{
    /// <summary>Samples per second of the simulated converters: the rate of the circuit's equations.</summary>
    public const double CircuitSampleRateHz = 1e6;

    /// <summary>One pixel of the pulse shaper is loaded, or one bin of the spectrometer read, per tick of a 1 MHz clock.</summary>
    public const double SecondHarmonicSampleRateHz = 1e6;

    /// <summary>An audio codec's rate; <see cref="PlateFastestSampleRateHz"/> is possible too.</summary>
    public const double PlateSampleRateHz = 96e3;
    public const double PlateFastestSampleRateHz = 192e3;

    /// <summary>Of the codec board and of the circuit that stands on it.</summary>
    public const double CodecSampleRateHz = 96e3;

    /// <summary>Of the boards that play word by word on a microcontroller, and of the ladder that stands on one.</summary>
    public const double SlowSampleRateHz = 250;

    /// <summary>One oscillator's angle is loaded, or read, per tick of a 1 MHz clock.</summary>
    public const double OscillatorsSampleRateHz = 1e6;

    /// <summary>All of a set's values, n(n+1)/2, in the 16 bits of a plan.</summary>
    public const int MostOscillators = 361;

    /// <summary>The first code at or beyond 3 V, so that ±3 V itself can be asked for.</summary>
    private const float CircuitLimitVolts = 615 * 20f / 4096;

    private const uint MegaSample = 1_000_000_000;

    /// <summary>12-bit ±10 V converters before and after the RLC + transistor circuit, drive limited to ±3 V, one static bias ±1 V.</summary>
    public static Board Circuit(uint unitSerial) => Describe("virtual-circuit", unitSerial,
        Drive("drive", 12, -10f, 10f, -CircuitLimitVolts, CircuitLimitVolts, MegaSample),
        Sense("node", 12, -10f, 10f, MegaSample),
        Actuators("bias", 1, rangeVolts: 10f, limitVolts: 1f));

    /// <summary>The circuit's converters on a wire from output to input: for measuring links.</summary>
    public static Board Echo(uint unitSerial) => Describe("virtual-echo", unitSerial,
        Drive("drive", 12, -10f, 10f, -10f, 10f, MegaSample), Sense("node", 12, -10f, 10f, MegaSample));

    /// <summary>The same converters with a loopback plug.</summary>
    public static Board Loopback(uint unitSerial) => Describe("virtual-loopback", unitSerial,
        Drive("drive", 12, -10f, 10f, -10f, 10f, MegaSample), Sense("node", 12, -10f, 10f, MegaSample));

    /// <summary>
    /// A pulse shaper's pixels (12 bit, 1 V for full amplitude, which is the last code) and a spectrometer's bins (12 bit, saturating
    /// at 1.2 V, as the model's converter does). Loaded first, read afterwards; no actuators: all parameters are pixels.
    /// </summary>
    public static Board SecondHarmonic(uint unitSerial) => Describe("virtual-shg", unitSerial,
        Drive("pixel", 12, 0f, 4096f / 4095, 0f, 1f, MegaSample), Sense("bin", 12, 0f, 1.2f, MegaSample));

    /// <summary>
    /// A stereo audio codec before the amplifier of a driven plate and behind its microphone: 16 bit, ±1 V, up to 192 kS/s. Its span
    /// guards the drive, as on a board that has no time to look at samples.
    /// </summary>
    public static Board Plate(uint unitSerial)
    {
        const uint Rate = (uint)(PlateFastestSampleRateHz * 1000);
        ChannelRecord drive = new("drive", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.SafeValue, -1f, 1f, -1f, 1f, 2f, 0f, Rate);
        return Describe("virtual-plate", unitSerial, drive, Sense("microphone", 16, -1f, 1f, Rate));
    }

    /// <summary>
    /// Coupled oscillators: initial angles out (12 bit, ±4 V for ±4 rad: 0.002 rad a code), angles back (12 bit, ±8 V: 0.004 rad), loaded
    /// first and read afterwards. Static, 16 bit: n(n−1)/2 couplings of ±1 V (61 µV a code) and n drives of ±2 V (122 µV).
    /// </summary>
    public static Board Oscillators(uint unitSerial, int oscillators)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oscillators, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oscillators, MostOscillators);
        return Describe("virtual-oscillators", unitSerial,
            Drive("start", 12, -4f, 4f, -4f, 4f, MegaSample),
            Sense("angle", 12, -8f, 8f, MegaSample),
            Actuators("coupling", oscillators * (oscillators - 1) / 2, rangeVolts: 2f, limitVolts: 1f),
            Actuators("drive", oscillators, rangeVolts: 4f, limitVolts: 2f));
    }

    /// <summary>
    /// What the firmware's codec board is, with a divider of two before its inputs: 16 bit, two outputs of ±2.97 V and two inputs of ±3 V, 96 kS/s, a lag of up to 600
    /// samples and the right channel a wire. Frames, memory and times are that board's, too.
    /// </summary>
    public static Board Codec(uint unitSerial)
    {
        const uint Rate = (uint)(CodecSampleRateHz * 1000);
        static ChannelRecord Channel(string name, ChannelRole role, OnInvalid invalid, float volts, ChannelPurpose purpose) => new(
            name, role, 16, LimitGuard.Span, invalid, -volts, volts, -volts, volts, 2 * volts, 0f, Rate, 1, ChannelCoding.TwosComplement, purpose);
        Board board = Describe("virtual-codec", unitSerial,
            Channel("drive-left", ChannelRole.Stimulus, OnInvalid.SafeValue, 2.97f, ChannelPurpose.Bench),
            Channel("ref-out-right", ChannelRole.Stimulus, OnInvalid.SafeValue, 2.97f, ChannelPurpose.Reference),
            Channel("node-left", ChannelRole.Measurement, OnInvalid.Hold, 3f, ChannelPurpose.Bench),
            Channel("ref-in-right", ChannelRole.Measurement, OnInvalid.Hold, 3f, ChannelPurpose.Reference));
        (board.MaxFrameBytes, board.FrameMemoryBytes, board.ParameterSets) = (4096, 6 * 4096, 4);
        (board.LagSamples, board.LongestTransferMillis, board.RateJitterNanos) = (600, 32, 2);
        (board.ProgramBytes, board.ProgramMemoryBytes, board.KeptResults) = (0, 0, 0);
        return board;
    }

    /// <summary>
    /// What the firmware's SPI board is: 12 bit, ±3 V out and in behind its level shifters, 250 S/s, and a static output of 0 to 3.3 V that ends at a free terminal.
    /// Frames, memory and times are that board's, too; only its clock does not jitter.
    /// </summary>
    public static Board Slow(uint unitSerial)
    {
        const uint Rate = (uint)(SlowSampleRateHz * 1000);
        const float BiasVolts = 3.3f;
        Board board = Describe("virtual-slow", unitSerial,
            Drive("drive", 12, -3f, 3f, -3f, 3f, Rate),
            Sense("node", 12, -3f, 3f, Rate),
            new ChannelRecord("bias", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, BiasVolts, 0f, BiasVolts * 4095 / 4096, BiasVolts, 0f, 0));
        (board.MaxFrameBytes, board.FrameMemoryBytes, board.ParameterSets) = (1024, 6 * 1024, 4);
        (board.ProgramBytes, board.ProgramMemoryBytes, board.KeptResults) = (8 * 1024, 8 * 1024, 8);
        (board.LongestTransferMillis, board.HeartbeatMillis) = (1000, 2000);
        return board;
    }

    /// <summary>Safe at 0 V; any step inside the limits is allowed.</summary>
    private static ChannelRecord Drive(string name, int bits, float min, float max, float limitMin, float limitMax, uint rate) => new(
        name, ChannelRole.Stimulus, bits, LimitGuard.PerWord, OnInvalid.SafeValue, min, max, limitMin, limitMax, max - min, 0f, rate);

    private static ChannelRecord Sense(string name, int bits, float min, float max, uint rate) => new(
        name, ChannelRole.Measurement, bits, LimitGuard.Span, OnInvalid.Hold, min, max, min, max, max - min, 0f, rate);

    /// <summary>16 bit, symmetric, safe at 0 V; the range is wider than the limits, so that these have codes.</summary>
    private static ChannelRecord Actuators(string name, int count, float rangeVolts, float limitVolts) => new(
        name, ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -rangeVolts, rangeVolts, -limitVolts, limitVolts, 2 * limitVolts, 0f, 0, count);

    private static Board Describe(string name, uint unitSerial, params ChannelRecord[] channels)
    {
        const int Kilo = 1024;
        int setBytes = FrameHeader.Bytes + ParameterFrame.PayloadBytes(channels.Where(c => c.Role == ChannelRole.Actuator).Sum(c => c.Count));
        return new Board
        {
            Name = name,
            FirmwareVersion = typeof(Board).Assembly.GetName().Version!.ToString(3),
            UnitSerial = unitSerial,
            Simulated = true,
            Channels = channels,
            MaxFrameBytes = Math.Max(64 * Kilo, (setBytes + (32 * Kilo) - 1) / (32 * Kilo) * (32 * Kilo)),
            FrameMemoryBytes = 2 * Kilo * Kilo,
            ProgramBytes = Math.Max(64 * Kilo, 8 * setBytes),
            UpdateBytes = 256 * Kilo,
            ProgramMemoryBytes = Math.Max(256 * Kilo, 16 * setBytes),
            KeptResults = 16,
            ParameterSets = setBytes <= 4 * Kilo ? 64 : 8,
            LongestTransferMillis = 125,
            MaxLeaseMillis = 10_000,
            LoopWatchdogMillis = 2_000,
            HeartbeatMillis = 1_000,
            RateJitterNanos = 0,
            MaxTemperatureMilliCelsius = 90_000, // a room of 25 °C and 60 K of temp.ramp leave it running
        };
    }
}
