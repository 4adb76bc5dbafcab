using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Tests.Support;

/// <summary>The real firmware core on simulated converters, at the end of a host's transport that is a function call: every frame sent is one pass of the loop.</summary>
internal sealed class DirectDevice : IHostTransport, IMessageLink, IDeviceClock, IRestart
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly Queue<byte[]> _inbox = new();
    private FrameArrived? _arrived;
    private readonly Board _board;
    private readonly MemoryStorage _storage = new();
    private readonly VirtualFirmware _firmware;
    private long _micros = 1_000_000;
    private uint _bootId = 4;
    private BootInfo? _boot;
    private bool _hangs;
    private bool _restarts;

    /// <param name="start">What becomes of a package that is started; null for one that always works.</param>
    public DirectDevice(Board board, IBenchPhysics bench, double sampleRateHz, byte[]? key = null, Func<byte[], VirtualStart>? start = null)
    {
        if (key is not null) { Assert.True(DeviceKey.Provision(_storage, new HostCrc32(), key)); }
        _board = board;
        _firmware = new VirtualFirmware(board.FirmwareVersion, start ?? (static _ => VirtualStart.Works));
        Converters = new VirtualConverters(board, bench, sampleRateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, shotClock: null);
        Loop = PowerOn();
    }

    public DeviceLoop Loop { get; private set; }

    /// <summary>That pass with every frame while firmware is on trial, ms.</summary>
    public int TrialMillis { get; set; }

    /// <summary>That pass with every frame while nobody drives, ms.</summary>
    public int IdleMillis { get; set; }

    /// <summary>A start by whoever has the switch.</summary>
    public DeviceLoop PowerOn()
    {
        HostCrc32 crc = new();
        (_boot, _hangs) = _firmware.Start(_board, _storage);
        UpdateShelf updates = new(_board, _storage, crc, new HostMac(), _boot, this);
        return Loop = new DeviceLoop(_board, Converters, new VirtualHealth(() => 0, InjectedFaults.None), this, this, _storage, crc, ++_bootId, new HostMac(), input: null, updates);
    }

    public void Restart() => _restarts = true;

    public VirtualConverters Converters { get; }

    /// <summary>Looks at every frame to the device; false loses it.</summary>
    public Func<byte[], bool> Passes { get; set; } = _ => true;

    public bool IsConnected => true;

    public string Peer => "a function call";

    public void Start(FrameArrived arrived, Action connectionChanged) => _arrived = arrived;

    public bool Send(byte[] frame, int length)
    {
        byte[] copy = frame[..length];
        if (Passes(copy)) { _inbox.Enqueue(copy); }
        Pass(1);
        int millis = Loop.State is LinkState.Armed or LinkState.Running ? 0 : _boot!.IsConfirmed ? IdleMillis : TrialMillis;
        for (int passed = 0; passed < millis; passed += 400) { Pass(400); }
        return true;
    }

    /// <summary>One pass of the loop, so much later.</summary>
    public void Pass(int millis)
    {
        _micros += 1000L * millis;
        if (!_hangs) { Loop.Step(0); }
        if (_restarts)
        {
            _restarts = false;
            PowerOn();
        }
    }

    public void Flush()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    bool IMessageLink.IsConnected() => _arrived is not null;

    bool IMessageLink.Receive(InboundFrame frame, int waitMillis)
    {
        if (!_inbox.TryDequeue(out byte[]? next)) { return false; }
        (frame.Buffer, frame.Length, frame.Retained) = (next, next.Length, false);
        return true;
    }

    uint IMessageLink.DroppedFrames() => 0;

    bool IMessageLink.Send(byte[] buffer, int offset, int count)
    {
        _arrived!(buffer.AsSpan(offset, count), retained: false);
        return true;
    }

    bool IMessageLink.Publish(string leaf, string text) => true;

    long IDeviceClock.Millis() => _micros / 1000;

    long IDeviceClock.Micros() => _micros;
}
