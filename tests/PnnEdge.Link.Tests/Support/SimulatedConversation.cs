using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Link.Session;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Tests.Support;

/// <summary>
/// The host's session and the real firmware core with nothing but air between them, on one thread and in simulated time:
/// the same seed gives the same run, frame by frame.
/// </summary>
internal sealed class SimulatedConversation
{
    private const long PassMicros = 20_000;
    private const int Samples = 32;

    private readonly LossyAir _air;
    private readonly MemoryStorage _storage = new();
    private readonly AirLink _link;
    private readonly Board _board;
    private DeviceLoop _loop;
    private ManualDeviceClock _clock;
    private long _now = 1_000_000;
    private bool _deviceIsOn = true;

    public SimulatedConversation(AirFaults faults, int seed, Board? board = null, SessionOptions? options = null)
    {
        _air = new LossyAir(faults, seed);
        _link = new AirLink(frame => _air.Send(frame, toDevice: false, _now));
        _board = board ?? SmallBoard();
        _clock = new ManualDeviceClock(_now, offsetMillis: 4_294_960_000, driftPpm: 200) { HostMicros = _now };
        _loop = Boot(1);
        RunShape shape = new(1e5, ShotShape.Throughout(Samples));
        SessionFacts facts = new("lab/air-1", 77, 78, shape, options ?? new SessionOptions { GoneMillis = 600_000, FirstHelloMillis = 600_000 }, () => "the air");
        Session = new DeviceSession(
            facts,
            (frame, length) =>
            {
                _air.Send(frame.AsSpan(0, length), toDevice: true, _now);
                return true;
            },
            new HostCrc32());
        Session.TransportChanged(true, _now);
    }

    public const int BatchShots = 200;

    public DeviceSession Session { get; }

    public RecordingEcho Converters { get; } = new();

    public DeviceLoop Device => _loop;

    public LossyAir Air => _air;

    public long NowMicros => _now;

    /// <summary>A window of 8 frames of 1 KiB, 4 parameter sets, 12 bit ±10 V, one actuator.</summary>
    public static Board SmallBoard()
    {
        Board board = VirtualBoards.Circuit(7);
        board.MaxFrameBytes = 1024;
        board.FrameMemoryBytes = 8 * 1024;
        board.ParameterSets = 4;
        board.LoopWatchdogMillis = 60_000;
        board.MaxLeaseMillis = 10_000;
        return board;
    }

    /// <summary>Different volts for every number, on a board of <see cref="SmallBoard"/>; several windows of blocks long.</summary>
    public static Stimulus Batch(int number, float actuatorVolts = 0f) => new(
        (ulong)number * 1000, BatchShots, [.. Enumerable.Range(0, BatchShots * Samples).Select(i => (((i * 37) + (number * 101)) % 1180 / 200f) - 2.95f)], [actuatorVolts]);

    /// <summary>A power cut, and the device is on again after <paramref name="offMicros"/> under a new boot id.</summary>
    public void Reboot(uint bootId, long offMicros)
    {
        _deviceIsOn = false;
        RunFor(offMicros);
        _link.Clear();
        _clock = new ManualDeviceClock(_now, offsetMillis: 0, driftPpm: -200) { HostMicros = _now };
        _loop = Boot(bootId);
        _deviceIsOn = true;
    }

    public void HostTransport(bool isUp) => Session.TransportChanged(isUp, _now);

    /// <summary>Runs a batch to its end and returns its job; an exception of the session is the job's.</summary>
    public BatchJob Run(Stimulus? stimulus, Action<SimulatedConversation>? meanwhile = null)
    {
        BatchJob job = Begin(stimulus);
        meanwhile?.Invoke(this);
        long limit = _now + 3_600_000_000;
        while (!job.IsEnded)
        {
            Assert.True(_now < limit, "the batch did not end within an hour of simulated time");
            Step();
        }

        job.Ended.GetAwaiter().GetResult();
        return job;
    }

    public BatchJob Begin(Stimulus? stimulus)
    {
        BatchJob job = new(stimulus, CancellationToken.None);
        Session.Begin(job, _now);
        return job;
    }

    public void RunFor(long micros)
    {
        long end = _now + micros;
        while (_now < end)
        {
            Step();
        }
    }

    /// <summary>To the next thing that happens.</summary>
    public void Step()
    {
        long next = Math.Min(Math.Min(_air.NextArrival, Session.NextDueMicros()), _now + PassMicros);
        _now = Math.Max(_now + 1, next);
        _clock.HostMicros = _now;
        while (_air.NextArrival <= _now)
        {
            (byte[] frame, bool toDevice) = _air.Arrive();
            if (!toDevice)
            {
                Session.Handle(frame, frame.Length, retained: false, _now);
            }
            else if (_deviceIsOn)
            {
                _link.Put(frame);
                _loop.Step(0);
            }
        }

        if (_deviceIsOn)
        {
            _loop.Step(0);
        }

        Session.Serve(_now);
    }

    private DeviceLoop Boot(uint bootId) => new(_board, Converters, new VirtualHealth(() => 0, InjectedFaults.None), _link, _clock, _storage, new HostCrc32(), bootId);

    /// <summary>The device's own time: another zero and another speed than the host's.</summary>
    private sealed class ManualDeviceClock(long bootMicros, long offsetMillis, double driftPpm) : IDeviceClock
    {
        public long HostMicros { get; set; }

        public long Micros() => (offsetMillis * 1000) + (long)((HostMicros - bootMicros) * (1 + (driftPpm * 1e-6)));

        public long Millis() => Micros() / 1000;
    }

    private sealed class AirLink(Action<byte[]> send) : IMessageLink
    {
        private readonly Queue<byte[]> _inbox = new();

        public void Put(byte[] frame) => _inbox.Enqueue(frame);

        public void Clear() => _inbox.Clear();

        public bool IsConnected() => true;

        public bool Receive(InboundFrame frame, int waitMillis)
        {
            if (!_inbox.TryDequeue(out byte[]? next))
            {
                return false;
            }

            (frame.Buffer, frame.Length, frame.Retained) = (next, next.Length, false);
            return true;
        }

        public uint DroppedFrames() => 0;

        public bool Send(byte[] buffer, int offset, int count)
        {
            send(buffer.AsSpan(offset, count).ToArray());
            return true;
        }

        public bool Publish(string leaf, string text) => true;
    }
}
