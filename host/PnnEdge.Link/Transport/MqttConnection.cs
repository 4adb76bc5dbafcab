using MQTTnet;

namespace PnnEdge.Link.Transport;

/// <summary>
/// A connection to a broker that comes back by itself: subscribes again after every loss, sends from a queue with a task of its
/// own, never from inside a receive handler. What was queued when a connection broke is dropped; the frame protocol sends again.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    /// <summary>
    /// A connection that stood for so long was a good one. Longer than the longest delay between attempts: of two clients of one
    /// name each ends the other's connection after that, and they must not come back faster and faster.
    /// </summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMilliseconds(2.5 * ReconnectDelay.LongestMillis);

    private readonly MqttPlan _plan;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly MqttClientFactory _factory = new();
    private readonly SocketDialler _dialler;
    private readonly MqttClientOptions _options;
    private readonly OutgoingQueue _outgoing;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isConnected;
    private volatile bool _hasTried;
    private volatile int _connections;
    private volatile string _failure = "no connection was tried yet";
    private bool _started;

    public MqttConnection(MqttPlan plan, TimeProvider time, Random random)
    {
        (_plan, _time, _random) = (plan, time, random);
        _dialler = new SocketDialler(plan.Broker);
        _options = MqttHandshake.Options(plan, _dialler);
        _outgoing = new OutgoingQueue(plan.OutgoingCapacity);
    }

    public bool IsConnected => _isConnected;

    /// <summary>Why there is no connection, or why the one before this ended, in words that end a sentence.</summary>
    public string Failure => _failure;

    /// <summary>At least one attempt has ended, either way.</summary>
    public bool HasTried => _hasTried || _isConnected;

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

    /// <inheritdoc cref="OutgoingQueue.Flush"/>
    public void Flush() => _outgoing.Flush();

    /// <summary>Queues a copy, which <see cref="Flush"/> sends; false without a connection or with a full queue.</summary>
    public bool TrySend(string topic, ReadOnlySpan<byte> payload, bool retain) => _isConnected && _outgoing.TryAdd(topic, payload, retain);

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
                _failure = MqttFailure.Describe(e, _dialler.Stream, _plan.Broker.Tls is not null);
                _hasTried = true;
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
        await MqttHandshake.GreetAsync(client, _options, _plan, _time, stop);
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
            _outgoing.Drop();
        }
    }

    private async Task PumpAsync(IMqttClient client, TaskCompletionSource<string> lost, CancellationToken stop)
    {
        try
        {
            await _outgoing.PumpAsync(client, _dialler.Stream!, stop);
        }
        catch (OperationCanceledException)
        {
            // The connection ended, or this client does.
        }
        catch (Exception e) when (MqttFailure.IsOfTransport(e))
        {
            // A connection that cannot send is none, whatever the socket says.
            lost.TrySetResult(MqttFailure.Describe(e));
        }
    }

    private async Task SayFarewellAsync(IMqttClient client)
    {
        try
        {
            await _outgoing.SendAsync(client, _dialler.Stream!, new MqttApplicationMessage());
            await MqttHandshake.PartAsync(client, _plan);
        }
        catch (Exception e) when (MqttFailure.IsOfTransport(e))
        {
            // Nobody is left to say it to; the last will speaks instead.
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
}
