using System.Buffers;
using System.Threading.Channels;
using MQTTnet;

namespace PnnEdge.Link.Transport;

/// <summary>What waits for the wire, and the task that sends it: never from inside a receive handler.</summary>
/// <param name="capacity">Messages that wait; further ones are refused.</param>
internal sealed class OutgoingQueue(int capacity)
{
    private readonly Channel<Outgoing> _waiting = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Channel<bool> _flush = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    /// <summary>Queues a copy, which <see cref="Flush"/> sends; false with a full queue.</summary>
    public bool TryAdd(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        if (_waiting.Writer.TryWrite(new Outgoing(topic, copy, payload.Length, retain)))
        {
            return true;
        }

        ArrayPool<byte>.Shared.Return(copy);
        return false;
    }

    /// <summary>
    /// Sends what is queued, as far as the socket takes it at once on the caller's thread, the rest on the pump's. Never called
    /// from inside a receive handler.
    /// </summary>
    public void Flush() => _flush.Writer.TryWrite(true);

    /// <summary>Sends at every flush until it is stopped.</summary>
    /// <param name="stream">Of the client's connection.</param>
    public async Task PumpAsync(IMqttClient client, CoalescingStream stream, CancellationToken stop)
    {
        MqttApplicationMessage message = new();
        while (await _flush.Reader.WaitToReadAsync(stop))
        {
            _flush.Reader.TryRead(out _);
            await SendAsync(client, stream, message);
        }
    }

    /// <summary>Sends what is queued now.</summary>
    /// <param name="message">Overwritten by each.</param>
    public async Task SendAsync(IMqttClient client, CoalescingStream stream, MqttApplicationMessage message)
    {
        stream.Hold();
        try
        {
            while (_waiting.Reader.TryRead(out Outgoing next))
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

    public void Drop()
    {
        while (_waiting.Reader.TryRead(out Outgoing dropped))
        {
            ArrayPool<byte>.Shared.Return(dropped.Buffer);
        }
    }

    /// <param name="Buffer">Rented; given back once sent.</param>
    private readonly record struct Outgoing(string Topic, byte[] Buffer, int Length, bool Retain);
}
