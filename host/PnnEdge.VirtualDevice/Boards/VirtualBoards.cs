using PnnEdge.Firmware.Core;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>The boards that the simulator stands for, as data.</summary>
public static class VirtualBoards
{
    /// <summary>Samples per second of the simulated converters (ours: the rate of the circuit's equations).</summary>
    public const double CircuitSampleRateHz = 1e6;

    /// <summary>The first code at or beyond 3 V, so that ±3 V itself can be asked for.</summary>
    private const float CircuitLimitVolts = 615 * 20f / 4096;

    /// <summary>12-bit ±10 V converters before and after the RLC + transistor circuit, drive limited to ±3 V, one static bias ±1 V (ours).</summary>
    public static Board Circuit(uint unitSerial) => Describe("virtual-circuit", unitSerial, CircuitLimitVolts, actuators: true);

    /// <summary>The same converters on a wire from output to input: for measuring links.</summary>
    public static Board Echo(uint unitSerial) => Describe("virtual-echo", unitSerial, 10f, actuators: false);

    private static Board Describe(string name, uint unitSerial, float limitVolts, bool actuators)
    {
        const uint Rate = 1_000_000_000;
        ChannelRecord drive = new(
            "drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -limitVolts, limitVolts, 20f, 0f, Rate);
        ChannelRecord node = new(
            "node", ChannelRole.Measurement, 12, LimitGuard.Span, OnInvalid.Hold, -10f, 10f, -10f, 10f, 20f, 0f, Rate);
        ChannelRecord bias = new(
            "bias", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -1f, 1f, 2f, 0f, 0);
        return new Board
        {
            Name = name,
            FirmwareVersion = typeof(Board).Assembly.GetName().Version!.ToString(3),
            UnitSerial = unitSerial,
            Simulated = true,
            Channels = actuators ? [drive, node, bias] : [drive, node],
            MaxFrameBytes = 64 * 1024,
            FrameMemoryBytes = 2 * 1024 * 1024,
            ParameterSets = 64,
            LongestTransferMillis = 125,
            MaxLeaseMillis = 10_000,
            LoopWatchdogMillis = 2_000,
            HeartbeatMillis = 1_000,
            RateJitterNanos = 0,
            MaxTemperatureMilliCelsius = 70_000,
        };
    }
}
