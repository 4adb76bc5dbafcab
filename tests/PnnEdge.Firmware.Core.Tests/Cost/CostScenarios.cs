using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Cost;

/// <summary>What a device does again and again. Each prepares, and gives back the part whose cost is asked for.</summary>
public static class CostScenarios
{
    private const int Warm = 20;

    /// <summary>One stimulus frame, from its arrival to its answer, without the converters' own work.</summary>
    /// <param name="shots">Of four words each.</param>
    /// <param name="guard">Of the drive: whether words are looked at one by one.</param>
    public static Action Frame(int shots, LimitGuard guard)
    {
        Rig rig = new(beforeBoot: r => r.Board.Channels = [Drive(guard), Sense(guard), .. r.Board.Channels[2..]], converters: new SilentConverters());
        rig.Step();
        rig.Prepare();
        rig.Link.Remembers = false;
        byte[][] frames = [.. Enumerable.Range(1, Warm + 1).Select(n => rig.Stimulus((uint)n, [.. Enumerable.Repeat(Rig.RestCode, shots * Rig.Samples)], (ulong)(n * shots)))];
        foreach (byte[] frame in frames[..Warm]) { Pass(rig, frame); }
        return () => Pass(rig, frames[Warm]);
    }

    /// <summary>A pass of the loop in which nothing came.</summary>
    public static Action Idle()
    {
        Rig rig = Rig.Ready();
        rig.Step(2000 - 1500); // past the first heartbeat
        rig.Link.Remembers = false;
        for (int i = 0; i < Warm; i++) { rig.Loop.Step(0); }
        return () => rig.Loop.Step(0);
    }

    private static void Pass(Rig rig, byte[] frame)
    {
        rig.Link.Inbox.Enqueue(frame);
        rig.Loop.Step(0);
    }

    // A span guards only a drive whose every code is allowed: 16 bits, limits at the ends.
    private static ChannelRecord Drive(LimitGuard guard) => guard == LimitGuard.Span
        ? new("drive", ChannelRole.Stimulus, 16, guard, OnInvalid.SafeValue, -1f, 1f, -1f, 1f, 2f, 0f, 2_000_000)
        : new("drive", ChannelRole.Stimulus, 12, guard, OnInvalid.SafeValue, -10f, 10f, -3f, 3f, 2f, 0f, 2_000_000);

    private static ChannelRecord Sense(LimitGuard guard) => guard == LimitGuard.Span
        ? new("sense", ChannelRole.Measurement, 16, LimitGuard.Span, OnInvalid.Hold, -1f, 1f, -1f, 1f, 2f, 0f, 2_000_000)
        : new("sense", ChannelRole.Measurement, 12, LimitGuard.Span, OnInvalid.Hold, -10f, 10f, -10f, 10f, 20f, 0f, 2_000_000);

    private sealed class SilentConverters : IConverters
    {
        public FaultCode MakeSafe() => FaultCode.None;

        public void PulseEnable()
        {
        }

        public FaultCode SetActuators(float[] volts, out int failed)
        {
            failed = 0;
            return FaultCode.None;
        }

        public uint SetSampleRate(uint milliHertz) => milliHertz;

        public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt) => 0;
    }
}
