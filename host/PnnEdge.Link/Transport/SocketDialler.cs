using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace PnnEdge.Link.Transport;

/// <summary>Opens a connection's socket with our settings and wraps it.</summary>
internal sealed class SocketDialler : IMqttClientStreamProvider
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
            Stream = new CoalescingStream(new NetworkStream(socket, ownsSocket: true));
            return Stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
