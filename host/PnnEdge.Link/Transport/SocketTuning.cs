using System.Net.Sockets;

namespace PnnEdge.Link.Transport;

/// <summary>What both ends of every connection set.</summary>
internal static class SocketTuning
{
    /// <summary>With 8 KiB, the MQTT library's default, closed loops stalled for 2 s on a zero TCP window; with this none did.</summary>
    public const int BufferBytes = 256 * 1024;

    private const int TcpLevel = 6;
    private const int QuickAcknowledge = 12;
    private static readonly byte[] On = BitConverter.GetBytes(1);

    /// <summary>
    /// To be called after every read, since Linux forgets it: a broker that leaves Nagle's algorithm on (Mosquitto does) keeps its
    /// next small packet back until the one before is acknowledged, and Linux delays that by 40 ms.
    /// </summary>
    public static void AcknowledgeAtOnce(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                socket.SetRawSocketOption(TcpLevel, QuickAcknowledge, On);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Only speed depends on it, and a connection that has ended tells so at the next read.
            }
        }
    }

    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = BufferBytes;
        socket.ReceiveBufferSize = BufferBytes;
    }
}
