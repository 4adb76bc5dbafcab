using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Frames
{
    /// <summary>The 40 bytes before every payload (WIRE.md, table "Header"): named offsets into a reused buffer.</summary>
    public static class FrameHeader
    {
        public const int Bytes = 40;

        /// <summary>'P', 'N' as they stand in memory.</summary>
        public const ushort Magic = 0x4E50;

        public const int MagicAt = 0;
        public const int VersionAt = 2;
        public const int KindAt = 3;
        public const int EpochAt = 4;
        public const int RunIdAt = 8;
        public const int SequenceAt = 12;
        public const int ParameterVersionAt = 16;
        public const int ParameterHashAt = 20;

        /// <summary>To the device: the deadline; from the device: its clock when it sent. Both in device milliseconds, wrapping.</summary>
        public const int DeviceMillisAt = 24;
        public const int BootIdAt = 28;
        public const int PayloadLengthAt = 32;
        public const int CrcAt = 36;

        public static FrameKind Kind(byte[] frame) => (FrameKind)frame[KindAt];

        public static uint Epoch(byte[] frame) => Frames.Bytes.GetUInt32(frame, EpochAt);

        public static uint RunId(byte[] frame) => Frames.Bytes.GetUInt32(frame, RunIdAt);

        public static uint Sequence(byte[] frame) => Frames.Bytes.GetUInt32(frame, SequenceAt);

        public static uint ParameterVersion(byte[] frame) => Frames.Bytes.GetUInt32(frame, ParameterVersionAt);

        public static uint ParameterHash(byte[] frame) => Frames.Bytes.GetUInt32(frame, ParameterHashAt);

        public static uint DeviceMillis(byte[] frame) => Frames.Bytes.GetUInt32(frame, DeviceMillisAt);

        public static uint BootId(byte[] frame) => Frames.Bytes.GetUInt32(frame, BootIdAt);

        public static int PayloadLength(byte[] frame) => (int)Frames.Bytes.GetUInt32(frame, PayloadLengthAt);

        /// <summary>Writes every field but length and CRC, which <see cref="Seal"/> adds.</summary>
        public static void Write(byte[] frame, FrameKind kind, uint epoch, uint runId, uint sequence, uint bootId, uint deviceMillis)
        {
            Frames.Bytes.PutUInt16(frame, MagicAt, Magic);
            frame[VersionAt] = Protocol.Version;
            frame[KindAt] = (byte)kind;
            Frames.Bytes.PutUInt32(frame, EpochAt, epoch);
            Frames.Bytes.PutUInt32(frame, RunIdAt, runId);
            Frames.Bytes.PutUInt32(frame, SequenceAt, sequence);
            WriteParameters(frame, 0, 0);
            Frames.Bytes.PutUInt32(frame, DeviceMillisAt, deviceMillis);
            Frames.Bytes.PutUInt32(frame, BootIdAt, bootId);
        }

        public static void WriteParameters(byte[] frame, uint version, uint hash)
        {
            Frames.Bytes.PutUInt32(frame, ParameterVersionAt, version);
            Frames.Bytes.PutUInt32(frame, ParameterHashAt, hash);
        }

        /// <summary>Writes payload length and CRC; returns the frame's length in bytes.</summary>
        public static int Seal(byte[] frame, int payloadLength, ICrc32 crc)
        {
            Frames.Bytes.PutUInt32(frame, PayloadLengthAt, (uint)payloadLength);
            Frames.Bytes.PutUInt32(frame, CrcAt, 0);
            Frames.Bytes.PutUInt32(frame, CrcAt, crc.Compute(frame, 0, Bytes + payloadLength));
            return Bytes + payloadLength;
        }
    }
}
