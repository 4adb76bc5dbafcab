using System;

namespace PnnEdge.Wire.Frames
{
    /// <summary>Little-endian fields at named offsets of a reused buffer; no allocation.</summary>
    public static class Bytes
    {
        public static ushort GetUInt16(byte[] b, int at) => (ushort)(b[at] | (b[at + 1] << 8));

        public static uint GetUInt32(byte[] b, int at) =>
            (uint)(b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24));

        public static ulong GetUInt64(byte[] b, int at) => GetUInt32(b, at) | ((ulong)GetUInt32(b, at + 4) << 32);

        public static float GetSingle(byte[] b, int at) => BitConverter.ToSingle(b, at);

        /// <exception cref="ArgumentException">The value does not fit: truncated, it would be another, valid number.</exception>
        public static void PutUInt16(byte[] b, int at, int value)
        {
            if (value < 0 || value > ushort.MaxValue)
            {
                throw new ArgumentException("A 16-bit field holds 0 to 65535.");
            }

            b[at] = (byte)value;
            b[at + 1] = (byte)(value >> 8);
        }

        public static void PutUInt32(byte[] b, int at, uint value)
        {
            b[at] = (byte)value;
            b[at + 1] = (byte)(value >> 8);
            b[at + 2] = (byte)(value >> 16);
            b[at + 3] = (byte)(value >> 24);
        }

        public static void PutUInt64(byte[] b, int at, ulong value)
        {
            PutUInt32(b, at, (uint)value);
            PutUInt32(b, at + 4, (uint)(value >> 32));
        }

        /// <summary>The float's bits, taken from those of the double that is the same number: no way there allocates on the device.</summary>
        public static void PutSingle(byte[] b, int at, float value) => PutUInt32(b, at, SingleBits(BitConverter.DoubleToInt64Bits(value)));

        public static bool AreZero(byte[] b, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (b[at + i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        public static bool IsFinite(float value) => value - value == 0f;

        /// <param name="bits">Of a double that is a float: sign, 11 bits of exponent, 52 of fraction.</param>
        private static uint SingleBits(long bits)
        {
            uint sign = (uint)((ulong)bits >> 63) << 31;
            int exponent = ((int)(bits >> 52) & 0x7FF) - DoubleToSingleExponent;
            uint fraction = (uint)((bits >> 29) & 0x7FFFFF);
            if (exponent >= 255)
            {
                return sign | 0x7F800000 | fraction;
            }

            if (exponent > 0)
            {
                return sign | ((uint)exponent << 23) | fraction;
            }

            // Below the smallest normal float: the leading one moves into the fraction.
            return exponent < -22 ? sign : sign | ((0x800000 | fraction) >> (1 - exponent));
        }

        /// <summary>Difference of the two formats' exponents of 1.</summary>
        private const int DoubleToSingleExponent = 1023 - 127;
    }
}
