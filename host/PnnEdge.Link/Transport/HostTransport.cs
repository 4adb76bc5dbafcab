using System.Buffers;
using PnnEdge.Link.Broker;
using PnnEdge.Wire;

namespace PnnEdge.Link.Transport;

/// <summary>A host's end over MQTT.</summary>
public sealed class HostTransport : IHostTransport
{
    private readonly BrokerAddress _broker;
    private readonly string _outgoing;
    private readonly MqttConnection _connection;
    private FrameArrived? _arrived;
    private Action? _connectionChanged;

    /// <param name="random">Seeded by the caller; spreads reconnection attempts and names this client.</param>
    /// <exception cref="ArgumentException">Site or device is no name for a topic.</exception>
    public HostTransport(BrokerAddress broker, DeviceAddress device, TimeProvider time, Random random)
    {
        DeviceAddress.Require(device.Site, device.Device);
        _broker = broker;
        _outgoing = Topics.ToDevice(device.Site, device.Device);
        _connection = new MqttConnection(
            new MqttPlan(broker, $"pnn-host-{random.NextInt64():x16}")
            {
                Subscriptions = [Topics.FromDevice(device.Site, device.Device)],
                Received = Take,
                ConnectionChanged = () => _connectionChanged?.Invoke(),
            },
            time,
            random);
    }

    public bool IsConnected => _connection.IsConnected;

    public string Peer => _connection.IsConnected ? _broker.ToString() : $"{_broker} ({_connection.Failure})";

    public bool Send(byte[] frame, int length) => _connection.TrySend(_outgoing, new ReadOnlySpan<byte>(frame, 0, length), retain: false);

    public void Flush() => _connection.Flush();

    public void Start(FrameArrived arrived, Action connectionChanged)
    {
        (_arrived, _connectionChanged) = (arrived, connectionChanged);
        _connection.Start();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Take(string topic, in ReadOnlySequence<byte> payload, bool retained)
    {
        if (payload.IsSingleSegment)
        {
            _arrived!(payload.FirstSpan, retained);
        }
        else
        {
            _arrived!(payload.ToArray(), retained);
        }
    }
}
