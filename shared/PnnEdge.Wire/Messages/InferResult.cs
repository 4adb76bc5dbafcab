using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>What the deployed network answered; its header repeats the request's sequence, or counts the answers to the local input.</summary>
    public static class InferResult
    {
        public const int ClassAt = FrameHeader.Bytes + 0;
        public const int CountAt = FrameHeader.Bytes + 2;

        /// <summary>Program version that answered, u32.</summary>
        public const int ProgramVersionAt = FrameHeader.Bytes + 4;

        /// <summary>0 to 1, float32.</summary>
        public const int ConfidenceAt = FrameHeader.Bytes + 8;
        public const int SourceAt = FrameHeader.Bytes + 12;
        public const int ReservedAt = FrameHeader.Bytes + 13;

        /// <summary>Data slots that had to be clamped to the drive range, held at 65,535, u16.</summary>
        public const int ClampedAt = FrameHeader.Bytes + 14;

        /// <summary>Measured words at an end of the converter's range, u32.</summary>
        public const int SaturatedAt = FrameHeader.Bytes + 16;

        /// <summary>The device's clock when it had measured, ms: an answer that was kept is older than its header.</summary>
        public const int MeasuredMillisAt = FrameHeader.Bytes + 20;

        /// <summary>How long the program took, µs.</summary>
        public const int RunMicrosAt = FrameHeader.Bytes + 24;

        /// <summary>One score per class, float32.</summary>
        public const int ScoresAt = FrameHeader.Bytes + 28;
        public const int FixedBytes = 28;

        public static int Class(byte[] frame) => Bytes.GetUInt16(frame, ClassAt);

        public static int Count(byte[] frame) => Bytes.GetUInt16(frame, CountAt);

        public static uint ProgramVersion(byte[] frame) => Bytes.GetUInt32(frame, ProgramVersionAt);

        public static float Confidence(byte[] frame) => Bytes.GetSingle(frame, ConfidenceAt);

        public static InferSource Source(byte[] frame) => (InferSource)frame[SourceAt];

        public static int Clamped(byte[] frame) => Bytes.GetUInt16(frame, ClampedAt);

        public static uint Saturated(byte[] frame) => Bytes.GetUInt32(frame, SaturatedAt);

        public static uint MeasuredMillis(byte[] frame) => Bytes.GetUInt32(frame, MeasuredMillisAt);

        public static uint RunMicros(byte[] frame) => Bytes.GetUInt32(frame, RunMicrosAt);

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

        /// <summary>How it went: <see cref="Write"/> says what came out.</summary>
        public static void WriteHealth(byte[] frame, InferSource source, int clamped, uint saturated, uint measuredMillis, uint runMicros)
        {
            frame[SourceAt] = (byte)source;
            frame[ReservedAt] = 0;
            Bytes.PutUInt16(frame, ClampedAt, clamped > ushort.MaxValue ? ushort.MaxValue : clamped);
            Bytes.PutUInt32(frame, SaturatedAt, saturated);
            Bytes.PutUInt32(frame, MeasuredMillisAt, measuredMillis);
            Bytes.PutUInt32(frame, RunMicrosAt, runMicros);
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || Count(frame) == 0 || payloadLength != PayloadBytes(Count(frame)))
            {
                return RefusalReason.WrongLength;
            }

            if (frame[SourceAt] > (byte)InferSource.Timer || frame[ReservedAt] != 0)
            {
                return RefusalReason.ReservedNotZero;
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
