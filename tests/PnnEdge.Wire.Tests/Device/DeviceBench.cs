using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Device;

/// <summary>What a reply said, with the header that carried it.</summary>
internal sealed record Answer(RefusalReason Reason, LinkState State, uint ValueSet, uint Detail, byte[] Frame)
{
    internal uint Epoch => FrameHeader.Epoch(Frame);
}

/// <summary>The real device loop on recording outputs, a queue for a link and a clock that only the test moves.</summary>
internal sealed class DeviceBench : IRestart
{
    internal const uint Boot = 0xB007;

    /// <summary>V, within limits and one step from the safe values.</summary>
    internal static readonly float[] FirstSet = [1.5f, 1.25f];
    private static readonly HostCrc32 Crc = new();

    /// <param name="updates">Its loader chooses the firmware, and it takes another.</param>
    internal DeviceBench(Action<Board>? change = null, MemoryStorage? storage = null, uint bootId = Boot, bool updates = false)
    {
        Board = new Board
        {
            Name = "bench",
            FirmwareVersion = "1.2.3",
            UnitSerial = 77,
            Simulated = true,
            MaxFrameBytes = 512,
            FrameMemoryBytes = 4 * 512,
            ParameterSets = 2,
            LongestTransferMillis = 100,
            MaxLeaseMillis = 2000,
            LoopWatchdogMillis = 1000,
            HeartbeatMillis = 1000,
            ProgramBytes = 1024,
            ProgramMemoryBytes = 1024,
            KeptResults = 3,
            MaxTemperatureMilliCelsius = 80000,
            Channels =
            [
                new("drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -5f, 5f, -4f, 4f, 2f, 0f, 2000000),
                new("sense", ChannelRole.Measurement, 12, LimitGuard.Span, OnInvalid.Hold, -5f, 5f, -5f, 5f, 10f, 0f, 2000000),
                new("bias-a", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, 3.3f, 0f, 3f, 1f, 1f, 0),
                new("bias-b", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, 0f, 3.3f, 0f, 3f, 1f, 1f, 0),
            ],
        };
        change?.Invoke(Board);
        Storage = storage ?? WithKey();
        Loop = new DeviceLoop(Board, Converters, Health, Link, Clock, Storage, Crc, bootId, new HostMac(), Input, updates ? Updates() : null);
    }

    internal Board Board { get; }

    /// <summary>Which firmware this start is of.</summary>
    internal BootInfo Started { get; private set; } = BootInfo.Factory(hasGivenUp: false);

    internal int Restarts { get; private set; }

    internal RecordingConverters Converters { get; } = new();

    internal FakeHealth Health { get; } = new();

    internal QueueLink Link { get; } = new();

    internal ManualClock Clock { get; } = new() { NowMillis = 5000 };

    internal MemoryStorage Storage { get; }

    internal FakeInput Input { get; } = new();

    internal DeviceLoop Loop { get; }

    private UpdateShelf Updates()
    {
        Started = new BootChooser(Board, Storage, Crc, new HostMac()).Choose();
        return new UpdateShelf(Board, Storage, Crc, new HostMac(), Started, this);
    }

    /// <summary>As it leaves the workshop: with a key, which is the golden program's, and nothing else.</summary>
    internal static MemoryStorage WithKey()
    {
        MemoryStorage storage = new();
        Assert.True(DeviceKey.Provision(storage, Crc, GoldenProgram.Key));
        return storage;
    }

    /// <summary>A device that runs the golden program, or another, and whose lease was given back.</summary>
    internal static DeviceBench Deployed(byte[]? program = null, Action<Board>? change = null)
    {
        DeviceBench bench = Connected(change);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Program(1, program ?? GoldenProgram.Bytes));
        bench.Accept(HostFrame.Command(CommandCode.Disarm, 2));
        return bench;
    }

    /// <summary>The request is answered: its result.</summary>
    internal byte[] Infer(HostFrame request)
    {
        byte[] answer = Assert.Single(Give(request));
        Assert.Equal(FrameKind.InferResult, FrameHeader.Kind(answer));
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(answer, answer.Length, Board.MaxFrameBytes, Crc));
        return answer;
    }

    /// <summary>A bank of actuators of ±2 V, at 0 V when safe, moved by 1 V at most.</summary>
    internal static ChannelRecord Bank(string name, int count) => new(
        name, ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -5f, 5f, -2f, 2f, 1f, 0f, 0, count);

    void IRestart.Restart() => Restarts++;

    /// <summary>A start of a device whose firmware can be replaced, connected.</summary>
    internal static DeviceBench Updatable(MemoryStorage? storage = null, Action<Board>? change = null)
    {
        DeviceBench bench = new(board => { board.UpdateBytes = 256; change?.Invoke(board); }, storage, updates: true);
        bench.Step();
        return bench;
    }

    /// <summary>A device that has connected and said hello.</summary>
    internal static DeviceBench Connected(Action<Board>? change = null, MemoryStorage? storage = null, uint bootId = Boot)
    {
        DeviceBench bench = new(change, storage, bootId);
        bench.Step();
        return bench;
    }

    /// <summary>Armed for 1 s, with a plan (control sequence 1) and parameter version 1 (control sequence 2).</summary>
    internal static DeviceBench Ready(Action<Board>? change = null)
    {
        DeviceBench bench = Connected(change);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, FirstSet));
        return bench;
    }

    internal static DeviceBench InFault()
    {
        DeviceBench bench = Connected();
        bench.Health.InterlockClosed = false;
        bench.Step();
        bench.Health.InterlockClosed = true;
        return bench;
    }

    /// <summary>One pass of the loop; returns what the device sent in it.</summary>
    internal List<byte[]> Step(int laterMillis = 0)
    {
        Clock.NowMillis += laterMillis;
        int before = Link.Sent.Count;
        Loop.Step(0);
        return Link.Sent[before..];
    }

    /// <summary>Gives one frame to the device; returns its answers, heartbeats left out.</summary>
    internal List<byte[]> Give(HostFrame frame) =>
        GiveBytes(frame.Encode(Loop.Epoch, Loop.BootId, (uint)Clock.NowMillis), frame.Retained);

    internal List<byte[]> GiveBytes(byte[] frame, bool retained = false)
    {
        Link.Inbox.Enqueue((frame, retained));
        return [.. Step().Where(f => FrameHeader.Kind(f) != FrameKind.Heartbeat)];
    }

    internal Answer Ask(HostFrame frame) => ReadReply(Assert.Single(Give(frame)));

    internal Answer Accept(HostFrame frame)
    {
        Answer answer = Ask(frame);
        Assert.Equal(RefusalReason.Accepted, answer.Reason);
        return answer;
    }

    /// <summary>The frame is refused for this reason, counted once, and no output moved.</summary>
    internal Answer Refuse(HostFrame frame, RefusalReason reason)
    {
        int calls = Converters.Calls.Count;
        uint counted = Loop.Counters.Of(reason);
        Answer answer = Ask(frame);
        Assert.Equal(reason, answer.Reason);
        Assert.Equal(counted + 1, Loop.Counters.Of(reason));
        Assert.Equal(calls, Converters.Calls.Count);
        return answer;
    }

    /// <summary>The bytes are refused for this reason, counted once, not answered, and no output moved.</summary>
    internal void RefuseUnanswered(byte[] frame, RefusalReason reason)
    {
        int calls = Converters.Calls.Count;
        uint counted = Loop.Counters.Of(reason);
        Assert.Empty(GiveBytes(frame));
        Assert.Equal(counted + 1, Loop.Counters.Of(reason));
        Assert.Equal(calls, Converters.Calls.Count);
    }

    internal void RefuseUnanswered(HostFrame frame, RefusalReason reason) =>
        RefuseUnanswered(frame.Encode(Loop.Epoch, Loop.BootId, (uint)Clock.NowMillis), reason);

    /// <summary>The stimulus is played, or answered from the cache: its measurement.</summary>
    internal byte[] Measure(HostFrame stimulus)
    {
        byte[] answer = Assert.Single(Give(stimulus));
        Assert.Equal(FrameKind.Measurement, FrameHeader.Kind(answer));
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(answer, answer.Length, Board.MaxFrameBytes, Crc));
        return answer;
    }

    internal static Answer ReadReply(byte[] frame)
    {
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(frame, frame.Length, frame.Length, Crc));
        Assert.Equal(FrameKind.Reply, FrameHeader.Kind(frame));
        return new(ReplyFrame.Reason(frame), ReplyFrame.State(frame), ReplyFrame.ValueSet(frame), ReplyFrame.Detail(frame), frame);
    }
}
