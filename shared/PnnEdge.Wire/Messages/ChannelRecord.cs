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

        /// <summary>The converter's own span and the analog filter cannot exceed the limits.</summary>
        Span = 1,
    }

    /// <summary>What a channel's output does when its value cannot be trusted.</summary>
    public enum OnInvalid : byte
    {
        SafeValue = 0,
        Hold = 1,
        Zero = 2,
    }

    /// <summary>One channel of the birth certificate, 48 bytes.</summary>
    public sealed class ChannelRecord
    {
        public const int RecordBytes = 48;
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

        public ChannelRecord(
            string name, ChannelRole role, int bits, LimitGuard guard, OnInvalid onInvalid, float minVolts, float maxVolts,
            float limitMinVolts, float limitMaxVolts, float maxStepVolts, float safeVolts, uint maxRateMilliHertz)
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
        }

        public void Write(byte[] frame, int at)
        {
            frame[at] = (byte)Role;
            frame[at + 1] = (byte)Bits;
            frame[at + 2] = (byte)Guard;
            frame[at + 3] = (byte)OnInvalid;
            Bytes.PutSingle(frame, at + 4, MinVolts);
            Bytes.PutSingle(frame, at + 8, MaxVolts);
            Bytes.PutSingle(frame, at + 12, LimitMinVolts);
            Bytes.PutSingle(frame, at + 16, LimitMaxVolts);
            Bytes.PutSingle(frame, at + 20, MaxStepVolts);
            Bytes.PutSingle(frame, at + 24, SafeVolts);
            Bytes.PutUInt32(frame, at + 28, MaxRateMilliHertz);
            byte[] words = Encoding.UTF8.GetBytes(Name);
            for (int i = 0; i < MaxNameBytes; i++)
            {
                frame[at + 32 + i] = i < words.Length ? words[i] : (byte)0;
            }
        }

        public static ChannelRecord Read(byte[] frame, int at)
        {
            int nameBytes = 0;
            while (nameBytes < MaxNameBytes && frame[at + 32 + nameBytes] != 0)
            {
                nameBytes++;
            }

            return new ChannelRecord(
                Encoding.UTF8.GetString(frame, at + 32, nameBytes),
                (ChannelRole)frame[at],
                frame[at + 1],
                (LimitGuard)frame[at + 2],
                (OnInvalid)frame[at + 3],
                Bytes.GetSingle(frame, at + 4),
                Bytes.GetSingle(frame, at + 8),
                Bytes.GetSingle(frame, at + 12),
                Bytes.GetSingle(frame, at + 16),
                Bytes.GetSingle(frame, at + 20),
                Bytes.GetSingle(frame, at + 24),
                Bytes.GetUInt32(frame, at + 28));
        }

        public static RefusalReason Check(byte[] frame, int at)
        {
            if (frame[at] > (byte)ChannelRole.Actuator || frame[at + 1] < 1 || frame[at + 1] > 16 ||
                frame[at + 2] > (byte)LimitGuard.Span || frame[at + 3] > (byte)OnInvalid.Zero)
            {
                return RefusalReason.ReservedNotZero;
            }

            RefusalReason finite = FloatFields.AllFinite(frame, at + 4, 6);
            if (finite != RefusalReason.Accepted)
            {
                return finite;
            }

            bool ordered = Bytes.GetSingle(frame, at + 4) < Bytes.GetSingle(frame, at + 8) &&
                Bytes.GetSingle(frame, at + 12) <= Bytes.GetSingle(frame, at + 16) && Bytes.GetSingle(frame, at + 20) >= 0f;
            return ordered ? RefusalReason.Accepted : RefusalReason.OutOfRange;
        }
    }
}
