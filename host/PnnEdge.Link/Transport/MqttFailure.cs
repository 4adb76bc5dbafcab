using System.Net.Sockets;
using MQTTnet.Exceptions;

namespace PnnEdge.Link.Transport;

/// <summary>What a broken connection throws, and its cause in words.</summary>
internal static class MqttFailure
{
    public const string TooLate = "no answer in time";
    public const string NoTls = "it does not speak TLS there, or broke off before it did; mqtt:// or another port?";

    private const string NoPlainMqtt = "it does not speak MQTT in the clear there, or broke off before it did; mqtts:// or another port?";

    /// <summary>With what every broker begins (MQTT 5, 3.2.1); a TLS port ends the connection, with an alert (21) or without.</summary>
    private const int ConnAck = 0x20;

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

        return cause is OperationCanceledException ? TooLate : cause.Message.TrimEnd('.');
    }

    /// <summary>Of a connection that did not come about.</summary>
    /// <param name="stream">Null without a socket.</param>
    public static string Describe(Exception e, CoalescingStream? stream, bool isTls)
    {
        string cause = Describe(e);
        return isTls || cause == TooLate || stream is null || stream.FirstByte == ConnAck ? cause : NoPlainMqtt;
    }
}
