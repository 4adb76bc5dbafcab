using PnnEdge.Firmware.Core;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>A rig as the firmware obeys it.</summary>
public static class PiBoard
{
    /// <summary>Of one block: how late a cancelled run ends.</summary>
    public const int LongestTransferMillis = 1000;

    private const int FrameBytes = 16 * 1024;

    /// <summary>An estimate, not measured: what a kernel that is not a real-time one does to a busy wait.</summary>
    private const uint JitterNanos = 100_000;

    public static Board Describe(PiRig rig, bool simulated)
    {
        uint rate = (uint)(1000 * BusTime.FastestHz(rig));
        return new Board
        {
            Name = rig.Name,
            FirmwareVersion = typeof(Board).Assembly.GetName().Version!.ToString(3),
            UnitSerial = rig.Serial,
            Simulated = simulated,
            Channels = [Output(rig, rig.Stimulus, ChannelRole.Stimulus, rate), Input(rig, rate), .. rig.Actuators.Select(actuator => Output(rig, actuator, ChannelRole.Actuator, 0))],
            MaxFrameBytes = FrameBytes,
            FrameMemoryBytes = 2 * FrameBytes,
            ParameterSets = 4,
            LongestTransferMillis = LongestTransferMillis,
            MaxLeaseMillis = 10_000,
            LoopWatchdogMillis = 2_000,
            HeartbeatMillis = 1_000,
            RateJitterNanos = simulated ? 0 : JitterNanos,
            MaxTemperatureMilliCelsius = 85_000, // where a Pi slows its processor down
        };
    }

    private static ChannelRecord Output(PiRig rig, OutputSettings output, ChannelRole role, uint rate) => new(
        output.Name, role, Bits(rig, output.Chip), LimitGuard.PerWord, OnInvalid.SafeValue, output.MinVolts, output.MaxVolts,
        output.LimitMinVolts, output.LimitMaxVolts, output.MaxStepVolts ?? output.MaxVolts - output.MinVolts, output.SafeVolts, rate);

    private static ChannelRecord Input(PiRig rig, uint rate)
    {
        InputSettings input = rig.Measurement;
        return new(
            input.Name, ChannelRole.Measurement, Bits(rig, input.Chip), LimitGuard.Span, OnInvalid.Hold, input.MinVolts, input.MaxVolts,
            input.MinVolts, input.MaxVolts, input.MaxVolts - input.MinVolts, SafeOf(input), rate);
    }

    /// <summary>An input has no safe value; the record wants one inside of its range.</summary>
    private static float SafeOf(InputSettings input) => Math.Clamp(0, input.MinVolts, input.MaxVolts);

    private static int Bits(PiRig rig, string chip) => ChipFacts.Of(rig.Chip(chip).Kind).Bits;
}
