using System.Net.Sockets;
using MQTTnet.Exceptions;

namespace PnnEdge.Link.Transport;

/// <summary>What a broken connection throws, and its cause in words.</summary>
internal static class MqttFailure
{
    public static bool IsOfTransport(Exception e) => e is MqttCommunicationException or MqttClientDisconnectedException
        or MqttProtocolViolationException or SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>The innermost cause is the one that a person can act on; it ends a sentence.</summary>
    public static string Describe(Exception e)
    {
        Exception cause = e;
        while (cause.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause is OperationCanceledException ? "no answer in time" : cause.Message.TrimEnd('.');
    }
}
