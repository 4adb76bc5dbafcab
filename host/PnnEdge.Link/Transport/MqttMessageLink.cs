using System.Buffers;
using System.Text;
using PnnEdge.Link.Broker;
using PnnEdge.Wire;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Transport;

/// <summary>A device's end of the message transport over MQTT; its last will sets <c>$state</c> to <c>lost</c>.</summary>
public sealed class MqttMessageLink : IMessageLink, IAsyncDisposable
{
    private const int InboxFrames = 256;
    private const int MostUnsent = 8;
    private static readonly TimeSpan Quick = TimeSpan.FromMicroseconds(200);

    private readonly FrameRing _inbox;
    private readonly MqttConnection _connection;
    private readonly string _outgoing;
    private readonly string _site;
    private readonly string _device;
    private readonly TimeProvider _time;
    private long _receivedAt;
    private int _unsent;
    private int _shownConnections;

    /// <param name="random">Seeded by the caller; spreads reconnection attempts.</param>
    /// <param name="maxFrameBytes">Longer messages are dropped and counted before anything is computed over them.</param>
    /// <exception cref="ArgumentException">Site or device is no name for a topic.</exception>
    public MqttMessageLink(BrokerAddress broker, string site, string device, TimeProvider time, Random random, int maxFrameBytes)
    {
        DeviceAddress.Require(site, device);
        (_site, _device, _time) = (site, device, time);
        _inbox = new FrameRing(InboxFrames, maxFrameBytes);
        _outgoing = Topics.FromDevice(site, device);
        string state = Topics.Leaf(site, device, Topics.StateLeaf);
        _connection = new MqttConnection(
            new MqttPlan(broker, $"pnn-device-{site}-{device}")
            {
                Subscriptions = [Topics.ToDevice(site, device)],
                LastWill = new RetainedText(state, Topics.StateLost),
                Birth = new RetainedText(state, Topics.StateInit),
                Farewell = new RetainedText(state, Topics.StateDisconnected),
                Received = (string _, in ReadOnlySequence<byte> payload, bool retained) => _inbox.Put(payload, retained),
            },
            time,
            random);
    }

    /// <summary>Why there is no connection, in words that end a sentence.</summary>
    public string Failure => _connection.Failure;

    public void Start() => _connection.Start();

    /// <summary>False once after every drop, even one that was over before the device's loop looked.</summary>
    public bool IsConnected()
    {
        int connections = _connection.Connections;
        if (!_connection.IsConnected || connections != _shownConnections)
        {
            _shownConnections = connections;
            return false;
        }

        return true;
    }

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (_unsent != 0 && _inbox.IsEmpty)
        {
            Flush();
        }

        bool received = _inbox.Take(frame, waitMillis);
        _receivedAt = _time.GetTimestamp();
        return received;
    }

    public uint DroppedFrames() => _inbox.Dropped;

    /// <summary>
    /// An answer waits for the next ones only while frames lie in the inbox that take as little time as this one did: one
    /// write then carries several.
    /// </summary>
    public bool Send(byte[] buffer, int offset, int count)
    {
        bool isTaken = _connection.TrySend(_outgoing, new ReadOnlySpan<byte>(buffer, offset, count), retain: false);
        _unsent++;
        if (_unsent >= MostUnsent || _inbox.IsEmpty || _time.GetElapsedTime(_receivedAt) > Quick)
        {
            Flush();
        }

        return isTaken;
    }

    public bool Publish(string leaf, string text)
    {
        bool isTaken = _connection.TrySend(Topics.Leaf(_site, _device, leaf), Encoding.UTF8.GetBytes(text), retain: true);
        Flush();
        return isTaken;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Flush()
    {
        _unsent = 0;
        _connection.Flush();
    }
}
