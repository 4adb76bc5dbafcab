namespace PnnEdge.Wire.Ports
{
    /// <summary>A device's end of the message transport: binary frames both ways, and text on the slow plane.</summary>
    public interface IMessageLink
    {
        /// <summary>False while the transport is down, and once after every drop even when it is up again; outputs are safe then. Asked once per loop pass.</summary>
        bool IsConnected();

        /// <summary>Waits at most <paramref name="waitMillis"/> ms for a frame; false when none came.</summary>
        bool Receive(InboundFrame frame, int waitMillis);

        /// <summary>Frames dropped because the inbox was full, since start.</summary>
        uint DroppedFrames();

        /// <summary>Hands one frame over; the buffer may be reused as soon as this returns. False when it could not be sent.</summary>
        bool Send(byte[] buffer, int offset, int count);

        /// <summary>Publishes retained text below the device's topic, such as <c>status</c>. False when it could not be sent.</summary>
        bool Publish(string leaf, string text);
    }

    /// <summary>A received frame; one instance is reused for every receive.</summary>
    public sealed class InboundFrame
    {
        public byte[] Buffer;
        public int Length;

        /// <summary>The transport held it for later subscribers: never obeyed (WIRE.md T-4).</summary>
        public bool Retained;
    }
}
