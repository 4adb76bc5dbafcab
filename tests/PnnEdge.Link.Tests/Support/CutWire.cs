using System.Net;
using System.Net.Sockets;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Tests.Support;

/// <summary>A relay between a client and its broker that can be cut: no goodbye reaches either end.</summary>
internal sealed class CutWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly Lock _gate = new();
    private readonly BrokerAddress _broker;

    public CutWire(BrokerAddress broker)
    {
        _broker = broker;
        _listener.Start();
        Address = broker with { Port = ((IPEndPoint)_listener.LocalEndpoint).Port };
        _ = AcceptAsync();
    }

    public BrokerAddress Address { get; }

    public void Dispose()
    {
        _listener.Stop();
        lock (_gate)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                Socket broker = new(SocketType.Stream, ProtocolType.Tcp);
                lock (_gate)
                {
                    _sockets.AddRange([client, broker]);
                }

                await broker.ConnectAsync(_broker.Host, _broker.Port);
                _ = RelayAsync(client, broker);
                _ = RelayAsync(broker, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire was cut.
        }
    }

    private static async Task RelayAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[65536];
        try
        {
            for (int got = await from.ReceiveAsync(buffer); got > 0; got = await from.ReceiveAsync(buffer))
            {
                await to.SendAsync(buffer.AsMemory(0, got));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire was cut.
        }
    }
}
