using PnnEdge.Link.Transport;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>A host that is killed, without killing this one: from one moment on nothing that it says leaves it.</summary>
internal sealed class SilentTransport(IHostTransport inner) : IHostTransport
{
    private volatile bool _isSilent;

    public bool IsConnected => inner.IsConnected;

    public string Peer => inner.Peer;

    public void FallSilent() => _isSilent = true;

    public bool Send(byte[] frame, int length) => _isSilent || inner.Send(frame, length);

    public void Flush() => inner.Flush();

    public void Start(FrameArrived arrived, Action connectionChanged) => inner.Start(arrived, connectionChanged);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
