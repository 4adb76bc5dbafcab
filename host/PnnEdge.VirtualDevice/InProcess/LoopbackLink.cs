using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>A message link of function calls: the host lays one frame in, the device's answers come out where it stands.</summary>
internal sealed class LoopbackLink : IMessageLink
{
    private byte[]? _pending;
    private int _pendingLength;

    /// <summary>Every frame the device sends; the buffer is the device's own and is only valid during the call.</summary>
    public Action<byte[], int>? Sent { get; set; }

    public void Put(byte[] frame, int length)
    {
        _pending = frame;
        _pendingLength = length;
    }

    public bool IsConnected() => true;

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (_pending is null)
        {
            return false;
        }

        frame.Buffer = _pending;
        frame.Length = _pendingLength;
        frame.Retained = false;
        _pending = null;
        return true;
    }

    public uint DroppedFrames() => 0;

    public bool Send(byte[] buffer, int offset, int count)
    {
        if (offset != 0)
        {
            throw new ArgumentException("Frames begin at their buffer's first byte.", nameof(offset));
        }

        Sent?.Invoke(buffer, count);
        return true;
    }

    /// <summary>Nobody reads the slow plane of a device that has no broker.</summary>
    public bool Publish(string leaf, string text) => true;
}
