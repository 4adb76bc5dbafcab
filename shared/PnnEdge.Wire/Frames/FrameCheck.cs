using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Frames
{
    /// <summary>Is this a frame at all? Everything that can be said of the bytes alone, the cheapest question first.</summary>
    public static class FrameCheck
    {
        /// <summary>
        /// The CRC is computed with its own field as zero, in place and restored, so that it is one native call over one range.
        /// </summary>
        public static RefusalReason Open(byte[] frame, int length, int maxFrameBytes, ICrc32 crc)
        {
            if (frame == null || length < FrameHeader.Bytes || frame.Length < length)
            {
                return RefusalReason.TooShort;
            }

            if (Bytes.GetUInt16(frame, FrameHeader.MagicAt) != FrameHeader.Magic)
            {
                return RefusalReason.WrongMagic;
            }

            if (frame[FrameHeader.VersionAt] != Protocol.Version)
            {
                return RefusalReason.WrongVersion;
            }

            if (length > maxFrameBytes)
            {
                return RefusalReason.TooLong;
            }

            if (Bytes.GetUInt32(frame, FrameHeader.PayloadLengthAt) != (uint)(length - FrameHeader.Bytes))
            {
                return RefusalReason.WrongLength;
            }

            uint claimed = Bytes.GetUInt32(frame, FrameHeader.CrcAt);
            Bytes.PutUInt32(frame, FrameHeader.CrcAt, 0);
            uint computed = crc.Compute(frame, 0, length);
            Bytes.PutUInt32(frame, FrameHeader.CrcAt, claimed);
            if (computed != claimed)
            {
                return RefusalReason.WrongCrc;
            }

            return CheckShape(frame, length - FrameHeader.Bytes);
        }

        /// <summary>Kind known, payload as long as its own fields say, reserved bytes zero.</summary>
        private static RefusalReason CheckShape(byte[] frame, int payloadLength)
        {
            switch (FrameHeader.Kind(frame))
            {
                case FrameKind.Hello: return BirthCertificate.Check(frame, payloadLength);
                case FrameKind.Plan: return RunPlan.Check(frame, payloadLength);
                case FrameKind.Parameters: return ParameterFrame.Check(frame, payloadLength);
                case FrameKind.Stimulus: return StimulusBlock.Check(frame, payloadLength);
                case FrameKind.Measurement: return MeasurementBlock.Check(frame, payloadLength);
                case FrameKind.Command: return CommandFrame.Check(frame, payloadLength);
                case FrameKind.Reply: return ReplyFrame.Check(frame, payloadLength);
                case FrameKind.Fault: return FaultReport.Check(frame, payloadLength);
                case FrameKind.Heartbeat: return Heartbeat.Check(frame, payloadLength);
                case FrameKind.InferRequest: return InferRequest.Check(frame, payloadLength);
                case FrameKind.InferResult: return InferResult.Check(frame, payloadLength);
                case FrameKind.Program: return ProgramChunk.Check(frame, payloadLength);
                default: return RefusalReason.UnknownKind;
            }
        }

        /// <summary>True for the kinds a host sends and a device obeys.</summary>
        public static bool IsForDevice(FrameKind kind)
        {
            switch (kind)
            {
                case FrameKind.Plan:
                case FrameKind.Parameters:
                case FrameKind.Stimulus:
                case FrameKind.Command:
                case FrameKind.InferRequest:
                case FrameKind.Program:
                    return true;
                default:
                    return false;
            }
        }
    }
}
