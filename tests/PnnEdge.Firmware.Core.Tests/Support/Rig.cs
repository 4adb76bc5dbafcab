using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>What a reply said.</summary>
public sealed record Answer(RefusalReason Reason, LinkState State, uint ValueSet, uint Detail);

/// <summary>The device loop on outputs, link, health, storage and clock that a test can watch and break, and a host's frames for it.</summary>
public sealed class Rig
{
    public const uint Holder = 7;
    public const uint RunId = 3;
    public const int RestCode = 2048;

    /// <summary>Shot samples of the plan.</summary>
    public const int Samples = 4;

    public static readonly float[] Volts = [0.5f, -0.5f];

    private static readonly HostCrc32 Crc = new();
    private uint _control;

    /// <param name="converters">Null for <see cref="Converters"/>.</param>
    /// <param name="updates">Null for firmware that cannot be replaced over the link.</param>
    public Rig(TearableStorage? storage = null, uint bootId = 0xB007, Action<Rig>? beforeBoot = null, IConverters? converters = null, Func<Rig, UpdateShelf>? updates = null)
    {
        Storage = storage ?? new TearableStorage();
        beforeBoot?.Invoke(this);
        Loop = new DeviceLoop(Board, converters ?? Converters, Health, Link, Clock, Storage, Crc, bootId, new HostMac(), Input, updates?.Invoke(this));
    }

    /// <summary>12 bits, ±10 V in steps of 4.9 mV; the drive may reach ±3 V in steps of 2 V, the actuators ±1 V in steps of 1 V.</summary>
    public Board Board { get; } = new()
    {
        Name = "rig",
        FirmwareVersion = "1.0.0",
        UnitSerial = 5,
        Simulated = true,
        MaxFrameBytes = 1024,
        FrameMemoryBytes = 4 * 1024,
        ParameterSets = 3,
        LongestTransferMillis = 100,
        MaxLeaseMillis = 2000,
        LoopWatchdogMillis = 500,
        HeartbeatMillis = 1000,
        MaxTemperatureMilliCelsius = 80_000,
        ProgramBytes = 2048,
        ProgramMemoryBytes = 4096,
        KeptResults = 4,
        Channels =
        [
            new("drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -3f, 3f, 2f, 0f, 2_000_000),
            new("sense", ChannelRole.Measurement, 12, LimitGuard.Span, OnInvalid.Hold, -10f, 10f, -10f, 10f, 20f, 0f, 2_000_000),
            new("gate", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -1f, 1f, 1f, 0f, 0),
            new("bias", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -1f, 1f, 1f, 0f, 0),
        ],
    };

    public ManualClock Clock { get; } = new();

    public RecordingConverters Converters { get; } = new();

    public ScriptedLink Link { get; } = new();

    public TestHealth Health { get; } = new();

    public TearableStorage Storage { get; }

    public TestInput Input { get; } = new();

    public DeviceLoop Loop { get; }

    /// <summary>Armed for 1 s, the plan set, version 1 of the parameters loaded.</summary>
    public static Rig Ready()
    {
        Rig rig = new();
        rig.Step();
        rig.Prepare();
        return rig;
    }

    public void Prepare()
    {
        Accept(Arm());
        Accept(Plan());
        Accept(Parameters(1, Volts));
    }

    /// <summary>One pass; what was sent in it, heartbeats left out.</summary>
    public List<byte[]> Step(int laterMillis = 0)
    {
        Clock.Advance(laterMillis);
        int before = Link.Sent.Count;
        Loop.Step(0);
        return [.. Link.Sent[before..].Where(f => FrameHeader.Kind(f) != FrameKind.Heartbeat)];
    }

    public List<byte[]> Give(byte[] frame)
    {
        Link.Inbox.Enqueue(frame);
        return Step();
    }

    public Answer Ask(byte[] frame) => Read(Give(frame).Single(f => FrameHeader.Kind(f) == FrameKind.Reply));

    public Answer Accept(byte[] frame)
    {
        Answer answer = Ask(frame);
        Assert.Equal(RefusalReason.Accepted, answer.Reason);
        return answer;
    }

    public byte[] Measure(byte[] stimulus)
    {
        byte[] answer = Assert.Single(Give(stimulus));
        Assert.Equal(FrameKind.Measurement, FrameHeader.Kind(answer));
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(answer, answer.Length, Board.MaxFrameBytes, Crc));
        return answer;
    }

    public bool HasTold(FaultCode code) =>
        Link.Sent.Exists(f => FrameHeader.Kind(f) == FrameKind.Fault && FaultReport.Read(f).Code == code);

    public static Answer Read(byte[] reply) =>
        new(ReplyFrame.Reason(reply), ReplyFrame.State(reply), ReplyFrame.ValueSet(reply), ReplyFrame.Detail(reply));

    public byte[] Arm(uint leaseMillis = 1000, uint holder = Holder)
    {
        _control = 0;
        return Command(CommandCode.Arm, leaseMillis, string.Empty, holder);
    }

    public byte[] Command(CommandCode code, uint argument = 0, string text = "", uint holder = Holder) =>
        Frame(FrameKind.Command, code == CommandCode.Arm ? 0 : ++_control, f => CommandFrame.Write(f, code, holder, argument, text));

    /// <summary>Four samples a shot at 1 kHz, one sample of rest, up to 20 shots: 5 ms a shot.</summary>
    public byte[] Plan(Action<RunPlan>? change = null)
    {
        RunPlan plan = new()
        {
            SampleRateMilliHertz = 1_000_000,
            StimulusWords = Samples,
            MeasurementWords = Samples,
            RestSamples = 1,
            ShotsPerBlock = 20,
            StimulusChannels = 1,
            MeasurementChannels = 1,
            Actuators = 2,
        };
        change?.Invoke(plan);
        return Frame(FrameKind.Plan, ++_control, f =>
        {
            plan.Write(f);
            return RunPlan.PayloadBytes;
        });
    }

    public byte[] Parameters(uint version, params float[] volts) => Frame(FrameKind.Parameters, ++_control, f => ParameterWriter.Write(f, volts), version, HashOf(volts));

    /// <summary>Codes of whole shots, played with version 1 unless another is named.</summary>
    public byte[] Stimulus(uint sequence, int[] codes, ulong firstShot = 0, uint version = 1, float[]? volts = null) => Frame(FrameKind.Stimulus, sequence, f =>
    {
        StimulusBlock.Write(f, firstShot, codes.Length / Samples);
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(f, StimulusBlock.CodesAt + (2 * i), codes[i]);
        }

        return StimulusBlock.FixedBytes + (2 * codes.Length);
    }, version, HashOf(volts ?? Volts));

    /// <summary>A whole program in one piece.</summary>
    public byte[] Program(byte[] program) => Piece(ProgramCargo.Program, program, 0, program.Length);

    public byte[] Piece(ProgramCargo cargo, byte[] whole, int offset, int count) => Frame(FrameKind.Program, ++_control, f =>
    {
        ProgramChunk.Write(f, cargo, whole, offset, count, Bytes.GetUInt32(whole, whole.Length - 4));
        return ProgramChunk.PayloadBytes(count);
    });

    public byte[] Infer(uint sequence, params float[] features) => Frame(FrameKind.InferRequest, sequence, f =>
    {
        InferRequest.Write(f, features);
        return InferRequest.PayloadBytes(features.Length);
    });

    public byte[] Frame(FrameKind kind, uint sequence, Func<byte[], int> payload, uint version = 0, uint hash = 0)
    {
        byte[] frame = new byte[Board.MaxFrameBytes];
        FrameHeader.Write(frame, kind, Loop.Epoch, RunId, sequence, Loop.BootId, (uint)Clock.Millis() + 500);
        FrameHeader.WriteParameters(frame, version, hash);
        return frame[..FrameHeader.Seal(frame, payload(frame), Crc)];
    }

    /// <summary>The same frame with another header, valid again.</summary>
    public static byte[] Reseal(byte[] frame, Action<byte[]> change)
    {
        byte[] copy = [.. frame];
        change(copy);
        FrameHeader.Seal(copy, copy.Length - FrameHeader.Bytes, Crc);
        return copy;
    }

    public static int[] Ramp(int shots = 1) =>
        [.. Enumerable.Range(0, shots).SelectMany(shot => new[] { RestCode + shot + 100, RestCode + 300, RestCode + 200, RestCode })];

    private static uint HashOf(float[] volts)
    {
        byte[] frame = new byte[FrameHeader.Bytes + ParameterFrame.PayloadBytes(volts.Length)];
        ParameterWriter.Write(frame, volts);
        return ParameterFrame.Hash(frame, ParameterFrame.PayloadBytes(volts.Length), Crc);
    }
}
