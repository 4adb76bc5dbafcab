using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>
    /// Shots to play: the payload from <see cref="CodesAt"/> on is the converter's own block format, handed to it as it is.
    /// [shot, sample, channel], 16-bit little-endian codes.
    /// </summary>
    public static class StimulusBlock
    {
        public const int FirstShotAt = FrameHeader.Bytes + 0;
        public const int ShotsAt = FrameHeader.Bytes + 8;
        public const int ReservedAt = FrameHeader.Bytes + 10;
        public const int CodesAt = FrameHeader.Bytes + 12;

        /// <summary>Payload bytes before the codes.</summary>
        public const int FixedBytes = 12;

        public static ulong FirstShot(byte[] frame) => Bytes.GetUInt64(frame, FirstShotAt);

        public static int Shots(byte[] frame) => Bytes.GetUInt16(frame, ShotsAt);

        public static int PayloadBytes(int shots, int wordsPerShot) => FixedBytes + (shots * wordsPerShot * 2);

        public static void Write(byte[] frame, ulong firstShot, int shots)
        {
            Bytes.PutUInt64(frame, FirstShotAt, firstShot);
            Bytes.PutUInt16(frame, ShotsAt, shots);
            Bytes.PutUInt16(frame, ReservedAt, 0);
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

            return Bytes.AreZero(frame, ReservedAt, 2) ? RefusalReason.Accepted : RefusalReason.ReservedNotZero;
        }
    }
}
