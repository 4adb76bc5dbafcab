using System.Diagnostics;
using MQTTnet;
using PnnEdge.Link.Broker;

namespace PnnEdge.Benchmarks.Link;

/// <summary>MQTTnet alone, a fixed number of messages in flight: each answer sends the next.</summary>
internal sealed class BareLoop : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly int _window;
    private TaskCompletionSource _done = new();
    private byte[] _payload = [];
    private int _toSend;
    private int _toReceive;

    private BareLoop(int window) => _window = window;

    public static async Task<BareLoop> ConnectAsync(BrokerAddress broker, int window)
    {
        BareLoop loop = new(window);
        loop._client.ApplicationMessageReceivedAsync += loop.Received;
        await loop._client.ConnectAsync(EchoPartner.BareOptions(broker));
        await loop._client.SubscribeAsync(EchoPartner.BareOut);
        return loop;
    }

    /// <summary>Messages per second, there and back.</summary>
    public async Task<double> RunAsync(int frames, int bytes)
    {
        (_payload, _toSend, _toReceive) = (new byte[bytes], frames, frames);
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _window; i++)
        {
            await SendNextAsync();
        }

        if (await Task.WhenAny(_done.Task, Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System)) != _done.Task)
        {
            throw new TimeoutException($"The bare loop came to a stop: {_toReceive} of {frames} never came back, with {_toSend} not yet sent and the client {(_client.IsConnected ? "connected" : "disconnected")}.");
        }

        return frames / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _client.Dispose();

    private Task SendNextAsync() => Interlocked.Decrement(ref _toSend) >= 0
        ? _client.PublishAsync(new MqttApplicationMessage { Topic = EchoPartner.BareIn, PayloadSegment = _payload }, CancellationToken.None)
        : Task.CompletedTask;

    private Task Received(MqttApplicationMessageReceivedEventArgs arrived)
    {
        if (Interlocked.Decrement(ref _toReceive) == 0)
        {
            _done.TrySetResult();
        }

        return SendNextAsync();
    }
}
