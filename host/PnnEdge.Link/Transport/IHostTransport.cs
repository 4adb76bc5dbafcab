namespace PnnEdge.Link.Transport;

/// <summary>Takes one message that arrived, on the transport's thread; the bytes are copied before it returns.</summary>
public delegate void FrameArrived(ReadOnlySpan<byte> frame, bool retained);

/// <summary>A host's end of the message transport to one device.</summary>
public interface IHostTransport : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Where the other end is, and while it is not there why.</summary>
    string Peer { get; }

    /// <summary>Queues a copy; false without a connection or with a full queue.</summary>
    bool Send(byte[] frame, int length);

    /// <summary>Sends what is queued.</summary>
    void Flush();

    /// <summary>Called once, before anything else.</summary>
    void Start(FrameArrived arrived, Action connectionChanged);
}
