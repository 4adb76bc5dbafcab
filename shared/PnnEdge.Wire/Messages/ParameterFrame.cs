using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Messages
{
    /// <summary>
    /// One set of static actuator values, V, float32 in the order of hello's banks. Its version stands in the header, and its
    /// hash: the CRC-32 of this payload. Only a host writes one (<c>Host/ParameterWriter</c>).
    /// </summary>
    public static class ParameterFrame
    {
        public const int CountAt = FrameHeader.Bytes + 0;
        public const int ReservedAt = FrameHeader.Bytes + 2;
        public const int VoltsAt = FrameHeader.Bytes + 4;
        public const int FixedBytes = 4;

        public static int Count(byte[] frame) => Bytes.GetUInt16(frame, CountAt);

        public static float Volts(byte[] frame, int index) => Bytes.GetSingle(frame, VoltsAt + (4 * index));

        public static int PayloadBytes(int count) => FixedBytes + (4 * count);

        public static uint Hash(byte[] frame, int payloadLength, ICrc32 crc) => crc.Compute(frame, FrameHeader.Bytes, payloadLength);

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || payloadLength != PayloadBytes(Count(frame)))
            {
                return RefusalReason.WrongLength;
            }

            return Bytes.AreZero(frame, ReservedAt, 2) ? FloatFields.AllFinite(frame, VoltsAt, Count(frame)) : RefusalReason.ReservedNotZero;
        }
    }
}
