using System.Buffers;
using System.Text;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.Wire;

namespace PnnEdge.Link.Devices;

/// <summary>Hears what a device tells people: its slow plane, as it was left at the broker and then as it changes. It asks and moves nothing.</summary>
public sealed class DeviceWatch : IAsyncDisposable
{
    private const int LongestText = 64 * 1024;

    /// <summary>All that a device tells of how it is.</summary>
    public static IReadOnlyList<string> Health { get; } = [Topics.StateLeaf, Topics.StatusLeaf, Topics.HealthLeaf, Topics.LimitsLeaf, Topics.InferenceLeaf];

    private readonly MqttConnection _connection;

    private DeviceWatch(MqttConnection connection) => _connection = connection;

    /// <param name="leaves">Which texts.</param>
    /// <param name="said">Told the leaf and its text, on the MQTT library's thread.</param>
    public static DeviceWatch Open(
        BrokerAddress broker, DeviceAddress device, IReadOnlyList<string> leaves, TimeProvider time, Random random, Action<string, string> said)
    {
        var connection = new MqttConnection(
            new MqttPlan(broker, $"pnn-watch-{random.NextInt64():x16}")
            {
                Subscriptions = [.. leaves.Select(leaf => Topics.Leaf(device.Site, device.Device, leaf))],
                Received = (string topic, in ReadOnlySequence<byte> payload, bool retained) =>
                {
                    if (payload.Length <= LongestText) { said(topic[(topic.LastIndexOf('/') + 1)..], Encoding.UTF8.GetString(payload)); }
                },
            },
            time,
            random);
        connection.Start();
        return new DeviceWatch(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
