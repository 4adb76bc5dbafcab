using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Tests.Support;

/// <summary>An MQTT client with nothing of ours in it: what any other program sees.</summary>
internal sealed class PlainClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public ConcurrentQueue<(string Topic, string Text, byte[] Bytes, bool Retained)> Seen { get; } = new();

    public static async Task<PlainClient> ConnectAsync(BrokerAddress broker, params string[] topics)
    {
        PlainClient plain = new();
        plain._client.ApplicationMessageReceivedAsync += e =>
        {
            byte[] bytes = System.Buffers.BuffersExtensions.ToArray(e.ApplicationMessage.Payload);
            plain.Seen.Enqueue((e.ApplicationMessage.Topic, Encoding.UTF8.GetString(bytes), bytes, e.ApplicationMessage.Retain));
            return Task.CompletedTask;
        };
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port);
        if (broker.User is not null)
        {
            options.WithCredentials(broker.User, broker.Password);
        }

        MqttClientConnectResult result = await plain._client.ConnectAsync(options.Build());
        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
        foreach (string topic in topics)
        {
            await plain._client.SubscribeAsync(topic);
        }

        return plain;
    }

    public Task PublishAsync(string topic, byte[] payload, bool retain = false) => _client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public string? Last(string topic) => Seen.LastOrDefault(m => m.Topic == topic).Text;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
