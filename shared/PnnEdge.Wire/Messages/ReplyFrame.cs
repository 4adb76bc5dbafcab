using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>Answers a command, a plan, a parameter set, or a frame that was refused; carries what was really set.</summary>
    public static class ReplyFrame
    {
        public const int AnsweredKindAt = FrameHeader.Bytes + 0;
        public const int CommandAt = FrameHeader.Bytes + 1;
        public const int ReasonAt = FrameHeader.Bytes + 2;
        public const int StateAt = FrameHeader.Bytes + 3;
        public const int AnsweredSequenceAt = FrameHeader.Bytes + 4;

        /// <summary>Lease granted, ms (arm, renew); sample rate set, mHz (plan); actuators set (parameters); bytes held (program); 0 otherwise.</summary>
        public const int ValueSetAt = FrameHeader.Bytes + 8;

        /// <summary>What would have been possible or where it failed; WIRE.md lists its meaning by reason.</summary>
        public const int DetailAt = FrameHeader.Bytes + 12;
        public const int PayloadBytes = 16;

        /// <summary>Set in the detail of SlewExceeded where the rest of it is the index of an actuator; clear where it is that of a word.</summary>
        public const uint ActuatorDetailFlag = 0x80000000;

        public static FrameKind AnsweredKind(byte[] frame) => (FrameKind)frame[AnsweredKindAt];

        public static CommandCode Command(byte[] frame) => (CommandCode)frame[CommandAt];

        public static RefusalReason Reason(byte[] frame) => (RefusalReason)frame[ReasonAt];

        public static LinkState State(byte[] frame) => (LinkState)frame[StateAt];

        public static uint AnsweredSequence(byte[] frame) => Bytes.GetUInt32(frame, AnsweredSequenceAt);

        public static uint ValueSet(byte[] frame) => Bytes.GetUInt32(frame, ValueSetAt);

        public static uint Detail(byte[] frame) => Bytes.GetUInt32(frame, DetailAt);

        public static void Write(
            byte[] frame, FrameKind answered, CommandCode command, RefusalReason reason, LinkState state, uint sequence, uint valueSet, uint detail)
        {
            frame[AnsweredKindAt] = (byte)answered;
            frame[CommandAt] = (byte)command;
            frame[ReasonAt] = (byte)reason;
            frame[StateAt] = (byte)state;
            Bytes.PutUInt32(frame, AnsweredSequenceAt, sequence);
            Bytes.PutUInt32(frame, ValueSetAt, valueSet);
            Bytes.PutUInt32(frame, DetailAt, detail);
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength != PayloadBytes)
            {
                return RefusalReason.WrongLength;
            }

            bool defined = AnsweredKind(frame) > FrameKind.None && AnsweredKind(frame) <= FrameKind.Program &&
                Command(frame) <= CommandCode.ClearFault && frame[ReasonAt] < RefusalReasons.Count &&
                LinkStateTable.IsDeviceState(State(frame));
            return defined ? RefusalReason.Accepted : RefusalReason.ReservedNotZero;
        }
    }
}
