using System.Net.Sockets;

namespace PnnEdge.Link.Transport;

/// <summary>What both ends of every connection set.</summary>
internal static class SocketTuning
{
    /// <summary>With 8 KiB, the MQTT library's default, closed loops stalled for 2 s on a zero TCP window; with this none did.</summary>
    public const int BufferBytes = 256 * 1024;

    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = BufferBytes;
        socket.ReceiveBufferSize = BufferBytes;
    }
}
