using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Tests.Support;

/// <summary>The real firmware core on simulated converters, at the end of a host's transport that is a function call: every frame sent is one pass of the loop.</summary>
internal sealed class DirectDevice : IHostTransport, IMessageLink, IDeviceClock
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly Queue<byte[]> _inbox = new();
    private FrameArrived? _arrived;
    private long _micros = 1_000_000;

    public DirectDevice(Board board, IBenchPhysics bench, double sampleRateHz, byte[]? key = null)
    {
        MemoryStorage storage = new();
        HostCrc32 crc = new();
        if (key is not null) { Assert.True(DeviceKey.Provision(storage, crc, key)); }
        Converters = new VirtualConverters(board, bench, sampleRateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, shotClock: null);
        Loop = new DeviceLoop(board, Converters, new VirtualHealth(() => 0, InjectedFaults.None), this, this, storage, crc, 5, new HostMac(), input: null, updates: null);
    }

    public DeviceLoop Loop { get; }

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
        _micros += 1000;
        Loop.Step(0);
        return true;
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
