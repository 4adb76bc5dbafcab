using PnnEdge.Firmware.Core.Converters;
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

    /// <summary>A shot played word by word on one output and one input, without what the chips and the clock do themselves.</summary>
    public static Action Words(int samples)
    {
        Board board = new() { Channels = [Drive(LimitGuard.PerWord), Sense(LimitGuard.PerWord)] };
        // Two looks at the clock per sample: one that finds it not yet due, one that does.
        WordConverters converters = new(board, [new TakingOutput()], [new FollowingInput(() => 1)], [], new RecordingEnable(), new TickingClock(stepMicros: 2000));
        converters.SetSampleRate(250_000);
        converters.PulseEnable();
        RunPlan plan = ConverterPlans.Plan(1, samples, 0, 0, samples);
        byte[] stimulus = new byte[2 * samples], measurement = new byte[2 * samples];
        converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
        return () => converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
    }

    /// <summary>A shot of two channels through a pair of codecs whose hardware takes and gives whole blocks.</summary>
    public static Action Blocks(int samples)
    {
        ChannelRecord drive = Codec("drive", ChannelRole.Stimulus), sense = Codec("sense", ChannelRole.Measurement);
        Board board = new() { LongestTransferMillis = 100, Channels = [drive, drive, sense, sense] };
        StreamConverters converters = new(board, new HardwareCodecs(), 256, [], new RecordingEnable(), new TickingClock(stepMicros: 1_000_000));
        converters.SetSampleRate(96_000_000);
        converters.PulseEnable();
        RunPlan plan = ConverterPlans.Plan(2, samples, 10, 0, samples);
        byte[] stimulus = new byte[4 * samples], measurement = new byte[4 * samples];
        converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
        return () => converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
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

    private static ChannelRecord Codec(string name, ChannelRole role) => new(
        name, role, 16, LimitGuard.Span, OnInvalid.SafeValue, -1f, 1f, -1f, 1f, 2f, 0f, 2_000_000, 1, ChannelCoding.TwosComplement);

    private sealed class TakingOutput : IWordOutput
    {
        public bool Write(int code) => true;
    }

    private sealed class HardwareCodecs : ICodecPair
    {
        public uint SetRate(uint milliHertz) => milliHertz;

        public void Play(byte[] frames, int at, int count)
        {
        }

        public void Sample(byte[] frames, int at, int count)
        {
        }
    }

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
