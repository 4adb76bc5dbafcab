namespace PnnEdge.Firmware.Core.Setup
{
    public enum ImprovType : byte
    {
        CurrentState = 1,
        Error = 2,
        Command = 3,
        Result = 4,
    }

    public enum ImprovState : byte
    {
        /// <summary>Takes a network's name and password from whoever is at the other end of the wire.</summary>
        Authorized = 2,
        Provisioning = 3,
        Provisioned = 4,
    }

    public enum ImprovError : byte
    {
        None = 0,
        InvalidPacket = 1,
        UnknownCommand = 2,
        UnableToConnect = 3,
    }

    public enum ImprovCommand : byte
    {
        SendNetwork = 1,
        RequestState = 2,
        RequestDevice = 3,
    }

    /// <summary>
    /// Packets of Improv Wi-Fi over a serial line (improv-wifi.com/serial, version 1): "IMPROV", version, type, length, data, and the sum of all bytes before
    /// modulo 256.
    /// </summary>
    public static class ImprovPacket
    {
        public const byte Version = 1;
        public const int VersionAt = 6;
        public const int TypeAt = 7;
        public const int LengthAt = 8;
        public const int DataAt = 9;
        public const int MaxDataBytes = 255;
        public const int MaxBytes = DataAt + MaxDataBytes + 1;

        /// <summary>In the first two bytes of a command's or a result's data: which command, and how much follows.</summary>
        public const int CommandBytes = 2;

        private const string Header = "IMPROV";

        /// <summary>What the byte at this place of every packet is.</summary>
        public static byte Expected(int at) => at < VersionAt ? (byte)Header[at] : Version;

        /// <summary>Completes a packet around the data that stands from <see cref="DataAt"/> on; how long it is, bytes.</summary>
        public static int Seal(byte[] packet, ImprovType type, int dataBytes)
        {
            for (int i = 0; i <= VersionAt; i++)
            {
                packet[i] = Expected(i);
            }

            packet[TypeAt] = (byte)type;
            packet[LengthAt] = (byte)dataBytes;
            int end = DataAt + dataBytes;
            packet[end] = Sum(packet, end);
            return end + 1;
        }

        public static byte Sum(byte[] packet, int count)
        {
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += packet[i];
            }

            return (byte)sum;
        }

        /// <summary>A text with its length before it; where the next one goes, or -1 when it does not fit any more.</summary>
        public static int PutText(byte[] packet, int at, byte[] text)
        {
            if (at + 1 + text.Length > DataAt + MaxDataBytes)
            {
                return -1;
            }

            packet[at] = (byte)text.Length;
            System.Array.Copy(text, 0, packet, at + 1, text.Length);
            return at + 1 + text.Length;
        }
    }
}
