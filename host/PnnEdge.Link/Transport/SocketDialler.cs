using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MQTTnet.Channel;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Transport;

/// <summary>Opens a connection's socket with our settings, speaks TLS where the address asks for it, and wraps it.</summary>
internal sealed class SocketDialler(BrokerAddress broker) : IMqttClientStreamProvider
{
    /// <summary>Of the newest connection.</summary>
    public CoalescingStream? Stream { get; private set; }

    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SocketTuning.Apply(socket);
            await socket.ConnectAsync(brokerEndPoint, cancellationToken);
            Stream = new CoalescingStream(await SecuredAsync(new NetworkStream(socket, ownsSocket: true), cancellationToken), socket);
            return Stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecuredAsync(NetworkStream plain, CancellationToken cancellation)
    {
        if (broker.Tls is null)
        {
            return plain;
        }

        SslStream secured = new(plain);
        await secured.AuthenticateAsClientAsync(broker.Tls.Options(broker.Host), cancellation);
        return secured;
    }
}
