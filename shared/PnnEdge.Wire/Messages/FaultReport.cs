using System.Text;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    public enum FaultCode : byte
    {
        None = 0,

        /// <summary>A device thread threw; the text names the exception.</summary>
        Exception = 1,

        /// <summary>The loop did not come round within the watchdog's time.</summary>
        WatchdogLate = 2,

        /// <summary>The external interlock is open.</summary>
        InterlockOpen = 3,

        /// <summary>Asked and limit are °C.</summary>
        Overtemperature = 4,

        /// <summary>A converter did not answer or answered with an error.</summary>
        ConverterFailed = 5,

        /// <summary>The actuator's read-back differs from what was asked; asked and limit are V.</summary>
        ActuatorReadback = 6,

        /// <summary>The epoch could not be persisted, so no lease can be granted safely.</summary>
        StorageFailed = 7,
    }

    /// <summary>Why the device latched Fault. Rare, so it is an object.</summary>
    public sealed class FaultReport
    {
        public const int CodeAt = FrameHeader.Bytes + 0;
        public const int TextLengthAt = FrameHeader.Bytes + 1;
        public const int ActuatorAt = FrameHeader.Bytes + 2;
        public const int AskedAt = FrameHeader.Bytes + 4;
        public const int LimitAt = FrameHeader.Bytes + 8;
        public const int TextAt = FrameHeader.Bytes + 12;
        public const int FixedBytes = 12;
        public const int MaxTextBytes = 80;

        public readonly FaultCode Code;

        /// <summary>Index of the actuator's value, where the code is about one; else 0.</summary>
        public readonly int Actuator;

        /// <summary>What was asked or measured, in the code's unit; finite.</summary>
        public readonly float Asked;

        /// <summary>What is possible, in the code's unit; finite.</summary>
        public readonly float Limit;

        /// <summary>ASCII.</summary>
        public readonly string Text;

        public FaultReport(FaultCode code, int actuator, float asked, float limit, string text)
        {
            Code = code;
            Actuator = actuator;
            Asked = Bytes.IsFinite(asked) ? asked : 0f;
            Limit = Bytes.IsFinite(limit) ? limit : 0f;
            // A native exception's message is null on the device, and this runs where the last handler stands.
            string known = text == null ? string.Empty : text;
            Text = known.Length <= MaxTextBytes ? known : known.Substring(0, MaxTextBytes);
        }

        /// <summary>Returns the payload's length, bytes.</summary>
        public int Write(byte[] frame)
        {
            byte[] words = Encoding.UTF8.GetBytes(Text);
            int length = words.Length < MaxTextBytes ? words.Length : MaxTextBytes;
            frame[CodeAt] = (byte)Code;
            frame[TextLengthAt] = (byte)length;
            Bytes.PutUInt16(frame, ActuatorAt, Actuator);
            Bytes.PutSingle(frame, AskedAt, Asked);
            Bytes.PutSingle(frame, LimitAt, Limit);
            System.Array.Copy(words, 0, frame, TextAt, length);
            return FixedBytes + length;
        }

        public static FaultReport Read(byte[] frame) => new FaultReport(
            (FaultCode)frame[CodeAt],
            Bytes.GetUInt16(frame, ActuatorAt),
            Bytes.GetSingle(frame, AskedAt),
            Bytes.GetSingle(frame, LimitAt),
            Encoding.UTF8.GetString(frame, TextAt, frame[TextLengthAt]));

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || frame[TextLengthAt] > MaxTextBytes || payloadLength != FixedBytes + frame[TextLengthAt])
            {
                return RefusalReason.WrongLength;
            }

            if (!Bytes.IsFinite(Bytes.GetSingle(frame, AskedAt)) || !Bytes.IsFinite(Bytes.GetSingle(frame, LimitAt)))
            {
                return RefusalReason.NotFinite;
            }

            FaultCode code = (FaultCode)frame[CodeAt];
            bool defined = code > FaultCode.None && code <= FaultCode.StorageFailed;
            return defined ? RefusalReason.Accepted : RefusalReason.ReservedNotZero;
        }
    }
}
