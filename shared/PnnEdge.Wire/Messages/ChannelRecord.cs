using System;
using System.Text;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    public enum ChannelRole : byte
    {
        Stimulus = 0,
        Measurement = 1,
        Actuator = 2,
    }

    /// <summary>Who guarantees that no word outside the limits reaches the output.</summary>
    public enum LimitGuard : byte
    {
        /// <summary>The device checks every word of a block before it plays the first.</summary>
        PerWord = 0,

        /// <summary>Every 16-bit word is a code within the limits and every step is allowed; span and analog filter guard the bench.</summary>
        Span = 1,
    }

    /// <summary>What a channel's output does when its value cannot be trusted.</summary>
    public enum OnInvalid : byte
    {
        SafeValue = 0,
        Hold = 1,
        Zero = 2,
    }

    /// <summary>How a channel's 16-bit words tell its codes.</summary>
    public enum ChannelCoding : byte
    {
        /// <summary>The word is the code.</summary>
        OffsetBinary = 0,

        /// <summary>The word is the code with bit 15 turned, as audio codecs speak: a word of 0 is the middle of the range.</summary>
        TwosComplement = 1,
    }

    /// <summary>What stands at a channel.</summary>
    public enum ChannelPurpose : byte
    {
        Bench = 0,

        /// <summary>A wire from the reference output to the reference input: what a host plays there tells it the lag.</summary>
        Reference = 1,
    }

    /// <summary>
    /// One channel of the birth certificate, or a bank of equal actuators, 52 bytes; offsets count from the record's first byte.
    /// </summary>
    public sealed class ChannelRecord
    {
        public const int RoleAt = 0;
        public const int BitsAt = 1;
        public const int GuardAt = 2;
        public const int OnInvalidAt = 3;
        public const int MinVoltsAt = 4;
        public const int MaxVoltsAt = 8;
        public const int LimitMinVoltsAt = 12;
        public const int LimitMaxVoltsAt = 16;
        public const int MaxStepVoltsAt = 20;
        public const int SafeVoltsAt = 24;
        public const int MaxRateAt = 28;
        public const int CountAt = 32;
        public const int CodingAt = 34;
        public const int PurposeAt = 35;
        public const int NameAt = 36;
        public const int RecordBytes = 52;
        public const int MaxNameBytes = 16;

        public readonly string Name;
        public readonly ChannelRole Role;
        public readonly int Bits;
        public readonly LimitGuard Guard;
        public readonly OnInvalid OnInvalid;

        /// <summary>The converter's range, V.</summary>
        public readonly float MinVolts;
        public readonly float MaxVolts;

        /// <summary>What the device obeys or trusts inside that range, V.</summary>
        public readonly float LimitMinVolts;
        public readonly float LimitMaxVolts;

        /// <summary>Largest change from one value to the next, V.</summary>
        public readonly float MaxStepVolts;

        /// <summary>Where the output goes before communication starts, when the lease lapses and on any fault, V.</summary>
        public readonly float SafeVolts;
        public readonly uint MaxRateMilliHertz;

        /// <summary>How many equal channels this record stands for: 1, or the size of a bank of actuators.</summary>
        public readonly int Count;
        public readonly ChannelCoding Coding;
        public readonly ChannelPurpose Purpose;

        public ChannelRecord(
            string name, ChannelRole role, int bits, LimitGuard guard, OnInvalid onInvalid, float minVolts, float maxVolts,
            float limitMinVolts, float limitMaxVolts, float maxStepVolts, float safeVolts, uint maxRateMilliHertz, int count = 1,
            ChannelCoding coding = ChannelCoding.OffsetBinary, ChannelPurpose purpose = ChannelPurpose.Bench)
        {
            Name = name;
            Role = role;
            Bits = bits;
            Guard = guard;
            OnInvalid = onInvalid;
            MinVolts = minVolts;
            MaxVolts = maxVolts;
            LimitMinVolts = limitMinVolts;
            LimitMaxVolts = limitMaxVolts;
            MaxStepVolts = maxStepVolts;
            SafeVolts = safeVolts;
            MaxRateMilliHertz = maxRateMilliHertz;
            Count = count;
            Coding = coding;
            Purpose = purpose;
        }

        public void Write(byte[] frame, int at)
        {
            byte[] words = Encoding.UTF8.GetBytes(Name);
            if (words.Length > MaxNameBytes)
            {
                throw new ArgumentException("A channel's name is at most 16 bytes long.");
            }

            frame[at + RoleAt] = (byte)Role;
            frame[at + BitsAt] = (byte)Bits;
            frame[at + GuardAt] = (byte)Guard;
            frame[at + OnInvalidAt] = (byte)OnInvalid;
            Bytes.PutSingle(frame, at + MinVoltsAt, MinVolts);
            Bytes.PutSingle(frame, at + MaxVoltsAt, MaxVolts);
            Bytes.PutSingle(frame, at + LimitMinVoltsAt, LimitMinVolts);
            Bytes.PutSingle(frame, at + LimitMaxVoltsAt, LimitMaxVolts);
            Bytes.PutSingle(frame, at + MaxStepVoltsAt, MaxStepVolts);
            Bytes.PutSingle(frame, at + SafeVoltsAt, SafeVolts);
            Bytes.PutUInt32(frame, at + MaxRateAt, MaxRateMilliHertz);
            Bytes.PutUInt16(frame, at + CountAt, Count);
            frame[at + CodingAt] = (byte)Coding;
            frame[at + PurposeAt] = (byte)Purpose;
            for (int i = 0; i < MaxNameBytes; i++)
            {
                frame[at + NameAt + i] = i < words.Length ? words[i] : (byte)0;
            }
        }

        public static ChannelRecord Read(byte[] frame, int at) => new ChannelRecord(
            Encoding.UTF8.GetString(frame, at + NameAt, NameBytes(frame, at)),
            (ChannelRole)frame[at + RoleAt],
            frame[at + BitsAt],
            (LimitGuard)frame[at + GuardAt],
            (OnInvalid)frame[at + OnInvalidAt],
            Bytes.GetSingle(frame, at + MinVoltsAt),
            Bytes.GetSingle(frame, at + MaxVoltsAt),
            Bytes.GetSingle(frame, at + LimitMinVoltsAt),
            Bytes.GetSingle(frame, at + LimitMaxVoltsAt),
            Bytes.GetSingle(frame, at + MaxStepVoltsAt),
            Bytes.GetSingle(frame, at + SafeVoltsAt),
            Bytes.GetUInt32(frame, at + MaxRateAt),
            Bytes.GetUInt16(frame, at + CountAt),
            (ChannelCoding)frame[at + CodingAt],
            (ChannelPurpose)frame[at + PurposeAt]);

        public static RefusalReason Check(byte[] frame, int at)
        {
            int name = NameBytes(frame, at);
            if (frame[at + RoleAt] > (byte)ChannelRole.Actuator || frame[at + BitsAt] < 1 || frame[at + BitsAt] > 16 ||
                frame[at + GuardAt] > (byte)LimitGuard.Span || frame[at + OnInvalidAt] > (byte)OnInvalid.Zero ||
                frame[at + CodingAt] > (byte)ChannelCoding.TwosComplement || frame[at + PurposeAt] > (byte)ChannelPurpose.Reference ||
                !Bytes.AreZero(frame, at + NameAt + name, MaxNameBytes - name))
            {
                return RefusalReason.ReservedNotZero;
            }

            RefusalReason finite = FloatFields.AllFinite(frame, at + MinVoltsAt, 6);
            if (finite != RefusalReason.Accepted)
            {
                return finite;
            }

            return CountFits(frame, at) && RangesAreNested(frame, at) && LimitsHaveCodes(frame, at) && SpanGuards(frame, at) && CodingFits(frame, at)
                ? RefusalReason.Accepted
                : RefusalReason.OutOfRange;
        }

        /// <summary>False for an empty bank, and for a bank of anything but actuators: words of a shot tell their channels apart by their place.</summary>
        public static bool CountFits(byte[] frame, int at)
        {
            int count = Bytes.GetUInt16(frame, at + CountAt);
            return count == 1 || (count > 1 && frame[at + RoleAt] == (byte)ChannelRole.Actuator);
        }

        /// <summary>False for an actuator with a limit so near its range's upper end that no code is nearest to it: it could be asked for, but not set.</summary>
        public static bool LimitsHaveCodes(byte[] frame, int at)
        {
            if (frame[at + RoleAt] != (byte)ChannelRole.Actuator)
            {
                return true;
            }

            VoltScale scale = new VoltScale(Bytes.GetSingle(frame, at + MinVoltsAt), Bytes.GetSingle(frame, at + MaxVoltsAt), frame[at + BitsAt]);
            return scale.CodeFromVolts(Bytes.GetSingle(frame, at + LimitMinVoltsAt)) >= 0 &&
                scale.CodeFromVolts(Bytes.GetSingle(frame, at + LimitMaxVoltsAt)) >= 0;
        }

        /// <summary>
        /// False for a stimulus channel whose words nobody checks although one could be refused: it needs 16 bits, limits that are its
        /// range, and a step as large. True for every other channel.
        /// </summary>
        public static bool SpanGuards(byte[] frame, int at)
        {
            if (frame[at + RoleAt] != (byte)ChannelRole.Stimulus || frame[at + GuardAt] != (byte)LimitGuard.Span)
            {
                return true;
            }

            float min = Bytes.GetSingle(frame, at + MinVoltsAt);
            float max = Bytes.GetSingle(frame, at + MaxVoltsAt);
            return frame[at + BitsAt] == 16 && Bytes.GetSingle(frame, at + LimitMinVoltsAt) == min &&
                Bytes.GetSingle(frame, at + LimitMaxVoltsAt) == max && Bytes.GetSingle(frame, at + MaxStepVoltsAt) >= max - min;
        }

        /// <summary>
        /// False for two's complement of fewer than 16 bits, of an actuator, or of a stimulus channel whose words the device looks at; and for a
        /// reference that is an actuator.
        /// </summary>
        public static bool CodingFits(byte[] frame, int at)
        {
            bool isActuator = frame[at + RoleAt] == (byte)ChannelRole.Actuator;
            bool isLookedAt = frame[at + RoleAt] == (byte)ChannelRole.Stimulus && frame[at + GuardAt] != (byte)LimitGuard.Span;
            return (frame[at + CodingAt] == (byte)ChannelCoding.OffsetBinary || (frame[at + BitsAt] == 16 && !isActuator && !isLookedAt)) &&
                (frame[at + PurposeAt] == (byte)ChannelPurpose.Bench || !isActuator);
        }

        /// <summary>The safe value lies inside the limits, the limits inside the converter's range, and float32 tells its codes apart.</summary>
        private static bool RangesAreNested(byte[] frame, int at)
        {
            float min = Bytes.GetSingle(frame, at + MinVoltsAt);
            float max = Bytes.GetSingle(frame, at + MaxVoltsAt);
            float limitMin = Bytes.GetSingle(frame, at + LimitMinVoltsAt);
            float limitMax = Bytes.GetSingle(frame, at + LimitMaxVoltsAt);
            float safe = Bytes.GetSingle(frame, at + SafeVoltsAt);
            bool drives = frame[at + RoleAt] != (byte)ChannelRole.Measurement;
            return min <= limitMin && limitMin <= limitMax && limitMax <= max && Bytes.GetSingle(frame, at + MaxStepVoltsAt) >= 0f &&
                (!drives || (limitMin <= safe && safe <= limitMax)) && VoltScale.CanResolve(min, max, frame[at + BitsAt]);
        }

        private static int NameBytes(byte[] frame, int at)
        {
            int count = 0;
            while (count < MaxNameBytes && frame[at + NameAt + count] != 0)
            {
                count++;
            }

            return count;
        }
    }
}
