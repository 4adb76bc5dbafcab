using System.Text;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    public enum CommandCode : byte
    {
        None = 0,

        /// <summary>Answer with hello, and show which board this is.</summary>
        Identify = 1,

        /// <summary>Grant a lease; the reply carries the lease really granted, ms, and its header the new epoch.</summary>
        Arm = 2,

        /// <summary>Extend the lease; the reply carries the lease really granted, ms.</summary>
        Renew = 3,

        /// <summary>Outputs safe, lease given back.</summary>
        Disarm = 4,

        /// <summary>Leave Fault; needs a reason in words.</summary>
        ClearFault = 5,
    }

    public static class CommandFrame
    {
        public const int CodeAt = FrameHeader.Bytes + 0;
        public const int TextLengthAt = FrameHeader.Bytes + 1;
        public const int ReservedAt = FrameHeader.Bytes + 2;

        /// <summary>Who asks: a number a host draws once per session. A lease belongs to it.</summary>
        public const int HolderAt = FrameHeader.Bytes + 4;

        /// <summary>Lease asked for, ms (arm, renew); 0 otherwise.</summary>
        public const int ArgumentAt = FrameHeader.Bytes + 8;
        public const int TextAt = FrameHeader.Bytes + 12;
        public const int FixedBytes = 12;
        public const int MaxTextBytes = 120;

        public static CommandCode Code(byte[] frame) => (CommandCode)frame[CodeAt];

        public static uint Holder(byte[] frame) => Bytes.GetUInt32(frame, HolderAt);

        public static uint Argument(byte[] frame) => Bytes.GetUInt32(frame, ArgumentAt);

        public static string Text(byte[] frame) => Encoding.UTF8.GetString(frame, TextAt, frame[TextLengthAt]);

        /// <summary>Returns the payload's length, bytes; text beyond <see cref="MaxTextBytes"/> is the caller's error and is refused.</summary>
        public static int Write(byte[] frame, CommandCode code, uint holder, uint argument, string text)
        {
            byte[] words = Encoding.UTF8.GetBytes(text);
            frame[CodeAt] = (byte)code;
            frame[TextLengthAt] = (byte)words.Length;
            Bytes.PutUInt16(frame, ReservedAt, 0);
            Bytes.PutUInt32(frame, HolderAt, holder);
            Bytes.PutUInt32(frame, ArgumentAt, argument);
            System.Array.Copy(words, 0, frame, TextAt, words.Length);
            return FixedBytes + words.Length;
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || frame[TextLengthAt] > MaxTextBytes || payloadLength != FixedBytes + frame[TextLengthAt])
            {
                return RefusalReason.WrongLength;
            }

            if (!Bytes.AreZero(frame, ReservedAt, 2))
            {
                return RefusalReason.ReservedNotZero;
            }

            CommandCode code = Code(frame);
            return code >= CommandCode.Identify && code <= CommandCode.ClearFault ? RefusalReason.Accepted : RefusalReason.UnknownCommand;
        }
    }
}
