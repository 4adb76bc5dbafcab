using System.Buffers;
using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace PnnEdge.Link.Transport;

/// <summary>What a client says to the broker at the beginning and end of every connection: who it is, what it wants to hear, birth and farewell.</summary>
internal static class MqttHandshake
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    public static MqttClientOptions Options(MqttPlan plan, SocketDialler dialler)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithEndPoint(new DnsEndPoint(plan.Broker.Host, plan.Broker.Port))
            .WithStreamProvider(dialler)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(plan.ClientId)
            .WithCleanStart()
            .WithTimeout(AnswerTime)
            .WithKeepAlivePeriod(KeepAlive)
            .WithoutPacketFragmentation();
        if (plan.Broker.User is not null)
        {
            options.WithCredentials(plan.Broker.User, plan.Broker.Password ?? string.Empty);
        }

        if (plan.LastWill is { } will)
        {
            options.WithWillTopic(will.Topic).WithWillPayload(will.Text).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        return options.Build();
    }

    /// <exception cref="MqttCommunicationException">The broker refused; the message ends a sentence.</exception>
    /// <exception cref="TimeoutException">An answer took longer than <see cref="AnswerTime"/>.</exception>
    public static async Task GreetAsync(IMqttClient client, MqttClientOptions options, MqttPlan plan, TimeProvider time, CancellationToken stop)
    {
        // The client keeps its own time limit only where it is given no token that can be cancelled.
        using CancellationTokenSource late = new(AnswerTime, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            await GreetAsync(client, options, plan, late, end.Token);
        }
        catch (Exception) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException(MqttFailure.TooLate);
        }
    }

    public static async Task PartAsync(IMqttClient client, MqttPlan plan)
    {
        await TellAsync(client, plan.Farewell, CancellationToken.None);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
    }

    /// <param name="late">Begun anew with every question.</param>
    private static async Task GreetAsync(IMqttClient client, MqttClientOptions options, MqttPlan plan, CancellationTokenSource late, CancellationToken end)
    {
        MqttClientConnectResult answer = await client.ConnectAsync(options, end);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttCommunicationException($"the broker refused the connection ({answer.ResultCode})");
        }

        if (plan.Subscriptions.Count != 0)
        {
            late.CancelAfter(AnswerTime);
            MqttClientSubscribeOptionsBuilder wanted = new();
            foreach (string topic in plan.Subscriptions)
            {
                wanted.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtMostOnce);
            }

            MqttClientSubscribeResult granted = await client.SubscribeAsync(wanted.Build(), end);
            if (granted.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            {
                throw new MqttCommunicationException($"the broker refused the subscription to {refused.TopicFilter.Topic} ({refused.ResultCode})");
            }
        }

        late.CancelAfter(AnswerTime);
        await TellAsync(client, plan.Birth, end);
    }

    private static async Task TellAsync(IMqttClient client, RetainedText? text, CancellationToken cancellation)
    {
        if (text is not null)
        {
            MqttApplicationMessage message = new()
            {
                Topic = text.Topic,
                Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text.Text)),
                Retain = true,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            };
            await client.PublishAsync(message, cancellation);
        }
    }
}
