using System.Net;

namespace PnnEdge.Link.Broker;

public sealed record EmbeddedBrokerOptions
{
    /// <summary>Loopback by default; any other address needs a user and a password.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free port, told by <see cref="EmbeddedBroker.Address"/>.</summary>
    public int Port { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Messages held for a client that does not keep up; the oldest make room, and the frame protocol sends them again.</summary>
    public int MaxPendingMessagesPerClient { get; init; } = 1024;
}
