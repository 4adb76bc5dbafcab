using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>One input for the network deployed to the device: features in the network's own order, float32, finite.</summary>
    public static class InferRequest
    {
        public const int CountAt = FrameHeader.Bytes + 0;
        public const int ReservedAt = FrameHeader.Bytes + 2;
        public const int FeaturesAt = FrameHeader.Bytes + 4;
        public const int FixedBytes = 4;

        /// <summary>Detail of WrongState where the bench was not fed in time: the request may come again.</summary>
        public const uint RanDryDetail = 1;

        public static int Count(byte[] frame) => Bytes.GetUInt16(frame, CountAt);

        public static float Feature(byte[] frame, int index) => Bytes.GetSingle(frame, FeaturesAt + (4 * index));

        public static int PayloadBytes(int count) => FixedBytes + (4 * count);

        public static void Write(byte[] frame, float[] features)
        {
            Bytes.PutUInt16(frame, CountAt, features.Length);
            Bytes.PutUInt16(frame, ReservedAt, 0);
            for (int i = 0; i < features.Length; i++)
            {
                Bytes.PutSingle(frame, FeaturesAt + (4 * i), features[i]);
            }
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || Count(frame) == 0 || payloadLength != PayloadBytes(Count(frame)))
            {
                return RefusalReason.WrongLength;
            }

            return Bytes.AreZero(frame, ReservedAt, 2) ? FloatFields.AllFinite(frame, FeaturesAt, Count(frame)) : RefusalReason.ReservedNotZero;
        }
    }
}
