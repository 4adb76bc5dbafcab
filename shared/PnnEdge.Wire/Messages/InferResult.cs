using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>What the deployed network answered; its header repeats the request's sequence.</summary>
    public static class InferResult
    {
        public const int ClassAt = FrameHeader.Bytes + 0;
        public const int CountAt = FrameHeader.Bytes + 2;

        /// <summary>Program version that answered, u32.</summary>
        public const int ProgramVersionAt = FrameHeader.Bytes + 4;

        /// <summary>0 to 1, float32.</summary>
        public const int ConfidenceAt = FrameHeader.Bytes + 8;

        /// <summary>One score per class, float32.</summary>
        public const int ScoresAt = FrameHeader.Bytes + 12;
        public const int FixedBytes = 12;

        public static int Class(byte[] frame) => Bytes.GetUInt16(frame, ClassAt);

        public static int Count(byte[] frame) => Bytes.GetUInt16(frame, CountAt);

        public static uint ProgramVersion(byte[] frame) => Bytes.GetUInt32(frame, ProgramVersionAt);

        public static float Confidence(byte[] frame) => Bytes.GetSingle(frame, ConfidenceAt);

        public static float Score(byte[] frame, int index) => Bytes.GetSingle(frame, ScoresAt + (4 * index));

        public static int PayloadBytes(int count) => FixedBytes + (4 * count);

        public static void Write(byte[] frame, int winner, uint programVersion, float confidence, float[] scores)
        {
            Bytes.PutUInt16(frame, ClassAt, winner);
            Bytes.PutUInt16(frame, CountAt, scores.Length);
            Bytes.PutUInt32(frame, ProgramVersionAt, programVersion);
            Bytes.PutSingle(frame, ConfidenceAt, confidence);
            for (int i = 0; i < scores.Length; i++)
            {
                Bytes.PutSingle(frame, ScoresAt + (4 * i), scores[i]);
            }
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || Count(frame) == 0 || payloadLength != PayloadBytes(Count(frame)))
            {
                return RefusalReason.WrongLength;
            }

            float confidence = Confidence(frame);
            if (!Bytes.IsFinite(confidence) || FloatFields.AllFinite(frame, ScoresAt, Count(frame)) != RefusalReason.Accepted)
            {
                return RefusalReason.NotFinite;
            }

            return confidence >= 0f && confidence <= 1f && Class(frame) < Count(frame) ? RefusalReason.Accepted : RefusalReason.OutOfRange;
        }
    }
}
