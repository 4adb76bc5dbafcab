using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>A piece of a program, or of a firmware package, on its way to the device. Length and CRC of the whole say which one it is a piece of.</summary>
    public static class ProgramChunk
    {
        /// <summary>Of the whole program, bytes.</summary>
        public const int LengthAt = FrameHeader.Bytes + 0;

        /// <summary>Where in the program this piece begins, bytes.</summary>
        public const int OffsetAt = FrameHeader.Bytes + 4;

        /// <summary>The last four bytes of the whole program.</summary>
        public const int ProgramCrcAt = FrameHeader.Bytes + 8;
        public const int CountAt = FrameHeader.Bytes + 12;

        /// <summary>What the whole is: a <see cref="ProgramCargo"/>.</summary>
        public const int CargoAt = FrameHeader.Bytes + 14;
        public const int ContentAt = FrameHeader.Bytes + 16;
        public const int FixedBytes = 16;

        public static uint Length(byte[] frame) => Bytes.GetUInt32(frame, LengthAt);

        public static uint Offset(byte[] frame) => Bytes.GetUInt32(frame, OffsetAt);

        public static uint ProgramCrc(byte[] frame) => Bytes.GetUInt32(frame, ProgramCrcAt);

        public static int Count(byte[] frame) => Bytes.GetUInt16(frame, CountAt);

        public static ProgramCargo Cargo(byte[] frame) => (ProgramCargo)Bytes.GetUInt16(frame, CargoAt);

        public static int PayloadBytes(int count) => FixedBytes + count;

        /// <param name="frame">At least a header and <see cref="PayloadBytes"/> long.</param>
        public static void Write(byte[] frame, ProgramCargo cargo, byte[] program, int offset, int count, uint programCrc)
        {
            Bytes.PutUInt32(frame, LengthAt, (uint)program.Length);
            Bytes.PutUInt32(frame, OffsetAt, (uint)offset);
            Bytes.PutUInt32(frame, ProgramCrcAt, programCrc);
            Bytes.PutUInt16(frame, CountAt, count);
            Bytes.PutUInt16(frame, CargoAt, (int)cargo);
            System.Array.Copy(program, offset, frame, ContentAt, count);
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || Count(frame) == 0 || payloadLength != PayloadBytes(Count(frame)) ||
                (ulong)Offset(frame) + (ulong)Count(frame) > Length(frame))
            {
                return RefusalReason.WrongLength;
            }

            return Cargo(frame) <= ProgramCargo.Firmware ? RefusalReason.Accepted : RefusalReason.ReservedNotZero;
        }
    }
}
