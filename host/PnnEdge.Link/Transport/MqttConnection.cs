using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace PnnEdge.Link.Transport;

/// <summary>
/// A connection to a broker that comes back by itself: subscribes again after every loss, sends from a queue with a task of its
/// own, never from inside a receive handler. What was queued when a connection broke is dropped; the frame protocol sends again.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A connection that stood for so long was a good one. Longer than the longest delay between attempts: of two clients of one
    /// name each ends the other's connection after that, and they must not come back faster and faster.
    /// </summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMilliseconds(2.5 * ReconnectDelay.LongestMillis);

    private readonly MqttPlan _plan;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly MqttClientFactory _factory = new();
    private readonly SocketDialler _dialler = new();
    private readonly MqttClientOptions _options;
    private readonly Channel<OutgoingMessage> _outgoing;
    private readonly Channel<bool> _flush = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isConnected;
    private volatile int _connections;
    private volatile string _failure = "no connection was tried yet";
    private bool _started;

    public MqttConnection(MqttPlan plan, TimeProvider time, Random random)
    {
        (_plan, _time, _random) = (plan, time, random);
        _options = BuildOptions();
        _outgoing = Channel.CreateBounded<OutgoingMessage>(
            new BoundedChannelOptions(plan.OutgoingCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public bool IsConnected => _isConnected;

    /// <summary>Why there is no connection, or why the one before this ended, in words that end a sentence.</summary>
    public string Failure => _failure;

    /// <summary>Connections made since start: tells a drop that was over before anybody looked.</summary>
    public int Connections => _connections;

    public void Start()
    {
        lock (_gate)
        {
            if (!_started)
            {
                _started = true;
                _running = Task.Run(() => KeepConnectedAsync(_stop.Token));
            }
        }
    }

    /// <summary>
    /// Sends what is queued, as far as the socket takes it at once on the caller's thread, the rest on the pump's. Never called
    /// from inside a receive handler.
    /// </summary>
    public void Flush() => _flush.Writer.TryWrite(true);

    /// <summary>Queues a copy, which <see cref="Flush"/> sends; false without a connection or with a full queue.</summary>
    public bool TrySend(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        if (!_isConnected)
        {
            return false;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        if (_outgoing.Writer.TryWrite(new OutgoingMessage(topic, copy, payload.Length, retain)))
        {
            return true;
        }

        ArrayPool<byte>.Shared.Return(copy);
        return false;
    }

    /// <summary>Sends what is queued and the farewell while the broker answers, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task KeepConnectedAsync(CancellationToken stop)
    {
        int attempt = 0;
        while (!stop.IsCancellationRequested)
        {
            using IMqttClient client = _factory.CreateMqttClient();
            try
            {
                TaskCompletionSource<string> lost = await ConnectAsync(client, stop);
                long connectedAt = _time.GetTimestamp();
                await ServeAsync(client, lost, stop);
                attempt = _time.GetElapsedTime(connectedAt) >= Steady ? 0 : attempt;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next attempt may do better, and an ended loop would look like a broker that is gone for ever.
                _failure = Describe(e);
            }

            try
            {
                await Task.Delay(ReconnectDelay.After(attempt++, _random), _time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The task that it returns ends with the connection and says why.</summary>
    private async Task<TaskCompletionSource<string>> ConnectAsync(IMqttClient client, CancellationToken stop)
    {
        TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += ended =>
        {
            lost.TrySetResult(ended.Reason == MqttClientDisconnectReason.SessionTakenOver
                ? $"another client called {_plan.ClientId} is at this broker"
                : "the connection was lost");
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += Received;
        MqttClientConnectResult answer = await client.ConnectAsync(_options, stop);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttCommunicationException($"the broker refused the connection ({answer.ResultCode})");
        }

        if (_plan.Subscriptions.Count != 0)
        {
            MqttClientSubscribeOptionsBuilder wanted = _factory.CreateSubscribeOptionsBuilder();
            foreach (string topic in _plan.Subscriptions)
            {
                wanted.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtMostOnce);
            }

            MqttClientSubscribeResult granted = await client.SubscribeAsync(wanted.Build(), stop);
            if (granted.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            {
                throw new MqttCommunicationException($"the broker refused the subscription to {refused.TopicFilter.Topic} ({refused.ResultCode})");
            }
        }

        await TellAsync(client, _plan.Birth, stop);
        return lost;
    }

    private async Task ServeAsync(IMqttClient client, TaskCompletionSource<string> lost, CancellationToken stop)
    {
        using CancellationTokenSource pumping = new();
        Task pump = PumpAsync(client, lost, pumping.Token);
        SetConnected(true);
        try
        {
            _failure = await lost.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // A clean end: nothing more is taken, what was taken is sent.
            SetConnected(false);
            await pumping.CancelAsync();
            await pump;
            await SayFarewellAsync(client);
            return;
        }
        finally
        {
            SetConnected(false);
            await pumping.CancelAsync();
            await pump;
            while (_outgoing.Reader.TryRead(out OutgoingMessage dropped))
            {
                ArrayPool<byte>.Shared.Return(dropped.Buffer);
            }
        }
    }

    private async Task PumpAsync(IMqttClient client, TaskCompletionSource<string> lost, CancellationToken stop)
    {
        MqttApplicationMessage message = new();
        try
        {
            while (await _flush.Reader.WaitToReadAsync(stop))
            {
                _flush.Reader.TryRead(out _);
                await SendQueuedAsync(client, message);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended, or this client does.
        }
        catch (Exception e) when (IsTransportFailure(e))
        {
            // A connection that cannot send is none, whatever the socket says.
            lost.TrySetResult(Describe(e));
        }
    }

    private async Task SendQueuedAsync(IMqttClient client, MqttApplicationMessage message)
    {
        CoalescingStream stream = _dialler.Stream!;
        stream.Hold();
        try
        {
            while (_outgoing.Reader.TryRead(out OutgoingMessage next))
            {
                try
                {
                    // Every packet is the library's own: an encoder of ours would be faster and a second MQTT to keep right.
                    message.Topic = next.Topic;
                    message.Retain = next.Retain;
                    message.Payload = new ReadOnlySequence<byte>(next.Buffer, 0, next.Length);
                    await client.PublishAsync(message, CancellationToken.None);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(next.Buffer);
                }
            }
        }
        finally
        {
            await stream.ReleaseAsync();
        }
    }

    private async Task SayFarewellAsync(IMqttClient client)
    {
        try
        {
            await SendQueuedAsync(client, new MqttApplicationMessage());
            await TellAsync(client, _plan.Farewell, CancellationToken.None);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        }
        catch (Exception e) when (IsTransportFailure(e))
        {
            // Nobody is left to say it to; the last will speaks instead.
        }
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

    private Task Received(MqttApplicationMessageReceivedEventArgs arrived)
    {
        MqttApplicationMessage message = arrived.ApplicationMessage;
        _plan.Received(message.Topic, message.Payload, message.Retain);
        return Task.CompletedTask;
    }

    private void SetConnected(bool value)
    {
        if (_isConnected != value)
        {
            _connections += value ? 1 : 0;
            _isConnected = value;
            _plan.ConnectionChanged();
        }
    }

    private MqttClientOptions BuildOptions()
    {
        MqttClientOptionsBuilder options = _factory.CreateClientOptionsBuilder()
            .WithEndPoint(new DnsEndPoint(_plan.Broker.Host, _plan.Broker.Port))
            .WithStreamProvider(_dialler)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(_plan.ClientId)
            .WithCleanStart()
            .WithTimeout(AnswerTime)
            .WithKeepAlivePeriod(KeepAlive)
            .WithoutPacketFragmentation();
        if (_plan.Broker.User is not null)
        {
            options.WithCredentials(_plan.Broker.User, _plan.Broker.Password ?? string.Empty);
        }

        if (_plan.LastWill is { } will)
        {
            options.WithWillTopic(will.Topic).WithWillPayload(will.Text).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        return options.Build();
    }

    private static bool IsTransportFailure(Exception e) => e is MqttCommunicationException or MqttClientDisconnectedException
        or MqttProtocolViolationException or SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>The innermost cause is the one that a person can act on.</summary>
    private static string Describe(Exception e)
    {
        Exception cause = e;
        while (cause.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause is OperationCanceledException ? "no answer in time" : cause.Message.TrimEnd('.');
    }
}
