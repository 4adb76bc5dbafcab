using System.Collections.Concurrent;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.RaspberryPi.Systems;

/// <summary>Between a host's thread and the device's loop: frames in, copies of what it answers out. It never drops.</summary>
internal sealed class DirectLink : IMessageLink, IDisposable
{
    private readonly BlockingCollection<byte[]> _toDevice = [];
    private readonly BlockingCollection<byte[]> _toHost = [];

    public void Put(byte[] frame) => _toDevice.Add(frame);

    /// <returns>A whole frame, or null when none came in time.</returns>
    public byte[]? Take(int waitMillis) => _toHost.TryTake(out byte[]? frame, waitMillis) ? frame : null;

    public bool IsConnected() => true;

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (!_toDevice.TryTake(out byte[]? next, waitMillis)) { return false; }
        (frame.Buffer, frame.Length, frame.Retained) = (next, next.Length, false);
        return true;
    }

    public uint DroppedFrames() => 0;

    public bool Send(byte[] buffer, int offset, int count)
    {
        // Hello and heartbeats have nobody here who would listen.
        if (FrameHeader.Kind(buffer) is FrameKind.Measurement or FrameKind.Reply or FrameKind.Fault) { _toHost.Add(buffer.AsSpan(offset, count).ToArray()); }
        return true;
    }

    public bool Publish(string leaf, string text) => true;

    public void Dispose()
    {
        _toDevice.Dispose();
        _toHost.Dispose();
    }
}
