using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>How the device is: sent at the heartbeat interval, and the counters by which nothing refused goes unseen.</summary>
    public static class Heartbeat
    {
        public const int UptimeMillisAt = FrameHeader.Bytes + 0;
        public const int FreeMemoryBytesAt = FrameHeader.Bytes + 8;

        /// <summary>m°C, signed; <see cref="NoTemperature"/> when the board has no sensor.</summary>
        public const int TemperatureAt = FrameHeader.Bytes + 12;
        public const int StateAt = FrameHeader.Bytes + 16;
        public const int CountersAt = FrameHeader.Bytes + 17;
        public const int ReservedAt = FrameHeader.Bytes + 18;
        public const int BlocksPlayedAt = FrameHeader.Bytes + 20;
        public const int ShotsPlayedAt = FrameHeader.Bytes + 24;
        public const int RepeatsAnsweredAt = FrameHeader.Bytes + 28;

        /// <summary>One counter, u32, per refusal reason, in the order of their numbers.</summary>
        public const int RefusalsAt = FrameHeader.Bytes + 32;
        public const int PayloadBytes = 32 + (4 * RefusalReasons.Count);
        public const int NoTemperature = int.MinValue;

        public static ulong UptimeMillis(byte[] frame) => Bytes.GetUInt64(frame, UptimeMillisAt);

        public static uint FreeMemoryBytes(byte[] frame) => Bytes.GetUInt32(frame, FreeMemoryBytesAt);

        public static int TemperatureMilliCelsius(byte[] frame) => (int)Bytes.GetUInt32(frame, TemperatureAt);

        public static LinkState State(byte[] frame) => (LinkState)frame[StateAt];

        public static uint BlocksPlayed(byte[] frame) => Bytes.GetUInt32(frame, BlocksPlayedAt);

        public static uint ShotsPlayed(byte[] frame) => Bytes.GetUInt32(frame, ShotsPlayedAt);

        public static uint RepeatsAnswered(byte[] frame) => Bytes.GetUInt32(frame, RepeatsAnsweredAt);

        public static uint Refusals(byte[] frame, RefusalReason reason) => Bytes.GetUInt32(frame, RefusalsAt + (4 * (int)reason));

        public static void Write(
            byte[] frame, ulong uptimeMillis, uint freeMemoryBytes, int temperatureMilliCelsius, LinkState state,
            uint blocksPlayed, uint shotsPlayed, uint repeatsAnswered, uint[] refusals)
        {
            Bytes.PutUInt64(frame, UptimeMillisAt, uptimeMillis);
            Bytes.PutUInt32(frame, FreeMemoryBytesAt, freeMemoryBytes);
            Bytes.PutUInt32(frame, TemperatureAt, (uint)temperatureMilliCelsius);
            frame[StateAt] = (byte)state;
            frame[CountersAt] = RefusalReasons.Count;
            Bytes.PutUInt16(frame, ReservedAt, 0);
            Bytes.PutUInt32(frame, BlocksPlayedAt, blocksPlayed);
            Bytes.PutUInt32(frame, ShotsPlayedAt, shotsPlayed);
            Bytes.PutUInt32(frame, RepeatsAnsweredAt, repeatsAnswered);
            for (int i = 0; i < RefusalReasons.Count; i++)
            {
                Bytes.PutUInt32(frame, RefusalsAt + (4 * i), refusals[i]);
            }
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength != PayloadBytes || frame[CountersAt] != RefusalReasons.Count)
            {
                return RefusalReason.WrongLength;
            }

            return Bytes.AreZero(frame, ReservedAt, 2) && LinkStateTable.IsDeviceState(State(frame))
                ? RefusalReason.Accepted
                : RefusalReason.ReservedNotZero;
        }
    }
}
