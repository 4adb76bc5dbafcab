using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;
using PnnEdge.Link.Transport;

namespace PnnEdge.Link.Broker;

/// <summary>
/// Accepts the broker's clients. The server's own listener offers neither wide socket buffers, without which closed loops
/// stalled for seconds, nor the number of a free port it was given.
/// </summary>
internal sealed class SocketListener(IPEndPoint endPoint) : IMqttServerAdapter
{
    private const int Backlog = 128;

    private Socket? _listener;
    private int _clients;
    private Task _accepting = Task.CompletedTask;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public int Port { get; private set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        Socket listener = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SocketTuning.Apply(listener);
            listener.Bind(endPoint);
            listener.Listen(Backlog);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        _accepting = AcceptAsync(listener, options, logger);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        _listener?.Dispose();
        await _accepting;
    }

    public void Dispose() => _listener?.Dispose();

    private async Task AcceptAsync(Socket listener, MqttServerOptions options, IMqttNetLogger logger)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException || (e is SocketException { SocketErrorCode: SocketError.OperationAborted }))
            {
                return;
            }
            catch (SocketException)
            {
                // A client that hung up between the knock and the door is no reason to stop listening.
                continue;
            }

            _ = ServeAsync(client, options, logger);
        }
    }

    private async Task ServeAsync(Socket client, MqttServerOptions options, IMqttNetLogger logger)
    {
        try
        {
            SocketTuning.Apply(client);
            using NetworkStream stream = new(client, ownsSocket: true);
            using MqttTcpChannel channel = new(stream, client.LocalEndPoint, client.RemoteEndPoint, null);
            MqttBufferWriter writer = new(options.WriterBufferSize, options.WriterBufferSizeMax);

            // One write per packet: with no-delay a fragmented packet would leave as two segments.
            using MqttChannelAdapter adapter = new(channel, new MqttPacketFormatterAdapter(writer), logger) { AllowPacketFragmentation = false };
            if (ClientHandler is { } handler)
            {
                await handler(new NamingAdapter(adapter, $"unnamed-{Interlocked.Increment(ref _clients)}"));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // The client went away; the server has told its last will already.
        }
    }
}
