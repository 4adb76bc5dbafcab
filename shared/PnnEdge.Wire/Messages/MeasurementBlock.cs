using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>What the shots of one stimulus block measured; its header repeats that block's sequence. [shot, sample, channel], codes.</summary>
    public static class MeasurementBlock
    {
        public const int FirstShotAt = FrameHeader.Bytes + 0;
        public const int ShotsAt = FrameHeader.Bytes + 8;
        public const int FlagsAt = FrameHeader.Bytes + 10;

        /// <summary>Time the converters were playing, µs.</summary>
        public const int PlayMicrosAt = FrameHeader.Bytes + 12;
        public const int CodesAt = FrameHeader.Bytes + 16;
        public const int FixedBytes = 16;

        /// <summary>The stimulus ran dry while playing; the shots are not to be trusted.</summary>
        public const int UnderrunFlag = 1;
        private const int KnownFlags = UnderrunFlag;

        public static ulong FirstShot(byte[] frame) => Bytes.GetUInt64(frame, FirstShotAt);

        public static int Shots(byte[] frame) => Bytes.GetUInt16(frame, ShotsAt);

        public static int Flags(byte[] frame) => Bytes.GetUInt16(frame, FlagsAt);

        public static uint PlayMicros(byte[] frame) => Bytes.GetUInt32(frame, PlayMicrosAt);

        public static int PayloadBytes(int shots, int wordsPerShot) => FixedBytes + (shots * wordsPerShot * 2);

        public static void Write(byte[] frame, ulong firstShot, int shots, int flags, uint playMicros)
        {
            Bytes.PutUInt64(frame, FirstShotAt, firstShot);
            Bytes.PutUInt16(frame, ShotsAt, shots);
            Bytes.PutUInt16(frame, FlagsAt, flags);
            Bytes.PutUInt32(frame, PlayMicrosAt, playMicros);
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || (payloadLength & 1) != 0 || Shots(frame) == 0)
            {
                return RefusalReason.WrongLength;
            }

            int words = (payloadLength - FixedBytes) / 2;
            if (words == 0 || words % Shots(frame) != 0)
            {
                return RefusalReason.WrongLength;
            }

            return (Flags(frame) & ~KnownFlags) == 0 ? RefusalReason.Accepted : RefusalReason.ReservedNotZero;
        }
    }
}
