using System.Buffers;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Transport;

/// <summary>Retained text on the slow plane.</summary>
public sealed record RetainedText(string Topic, string Text);

/// <summary>Called for every message, on the MQTT library's thread: copy and leave.</summary>
internal delegate void MessageHandler(string topic, in ReadOnlySequence<byte> payload, bool retained);

/// <summary>What one client of the broker is and does at every connection.</summary>
internal sealed record MqttPlan(BrokerAddress Broker, string ClientId)
{
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    public RetainedText? LastWill { get; init; }

    /// <summary>Published after every connection, before it counts as one.</summary>
    public RetainedText? Birth { get; init; }

    /// <summary>Published before a clean end.</summary>
    public RetainedText? Farewell { get; init; }

    /// <summary>Messages that wait for the wire; further ones are refused.</summary>
    public int OutgoingCapacity { get; init; } = 1024;

    public required MessageHandler Received { get; init; }

    /// <summary>Called after every change of <see cref="MqttConnection.IsConnected"/>.</summary>
    public Action ConnectionChanged { get; init; } = static () => { };
}
