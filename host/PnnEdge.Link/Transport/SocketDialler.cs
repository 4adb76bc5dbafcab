using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet.Channel;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Transport;

/// <summary>Opens a connection's socket with our settings, speaks TLS where the address asks for it, and wraps it.</summary>
internal sealed class SocketDialler(BrokerAddress broker) : IMqttClientStreamProvider
{
    /// <summary>Of the newest connection; null while none came about.</summary>
    public CoalescingStream? Stream { get; private set; }

    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        Stream = null;
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

        string? objection = null;
        SslClientAuthenticationOptions options = broker.Tls.Options(broker.Host);
        options.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
        {
            objection = errors == SslPolicyErrors.None ? null : CertificateObjection.Describe(broker.Host, chain, errors);
            return errors == SslPolicyErrors.None;
        };
        SslStream secured = new(plain);
        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellation);
            return secured;
        }
        catch (Exception e) when (objection is not null || e is IOException or AuthenticationException { InnerException: null })
        {
            // What has an inner cause was told by the other side, in TLS.
            throw new AuthenticationException(objection ?? MqttFailure.NoTls);
        }
    }
}
