using System;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire
{
    /// <summary>
    /// Volts to converter codes and back, for host and device alike. Offset binary: code 0 is the lowest volt, half of full
    /// scale is the middle of the range exactly, and the highest code is one step below the upper end.
    /// </summary>
    public sealed class VoltScale
    {
        private const double SmallestRelativeStep = 4.0 / (1 << 23);

        /// <summary>Far above the smallest normal float32, far below any converter's step.</summary>
        private const double SmallestStepVolts = 1e-30;

        public readonly float MinVolts;
        public readonly float MaxVolts;
        public readonly int Bits;

        /// <summary>Number of codes, 2^bits.</summary>
        public readonly int Codes;

        private readonly double _step;
        private readonly double _codesPerVolt;

        /// <summary>Bits of a word that its coding turns over.</summary>
        private readonly int _turned;

        public VoltScale(float minVolts, float maxVolts, int bits)
        {
            if (!CanResolve(minVolts, maxVolts, bits))
            {
                throw new ArgumentException(
                    "A converter needs finite volts, the lower below the upper, 1 to 16 bits, and steps that float32 tells apart.");
            }

            MinVolts = minVolts;
            MaxVolts = maxVolts;
            Bits = bits;
            Codes = 1 << bits;
            _step = ((double)maxVolts - minVolts) / Codes;
            _codesPerVolt = Codes / ((double)maxVolts - minVolts);
        }

        /// <summary>The scale of a channel, whose words follow its coding.</summary>
        public VoltScale(ChannelRecord channel)
            : this(channel.MinVolts, channel.MaxVolts, channel.Bits)
        {
            _turned = channel.Coding == ChannelCoding.TwosComplement ? 0x8000 : 0;
        }

        /// <summary>
        /// True when float32 volts of every code of this range are distinct and convert back: a step is at least four of the
        /// float's own steps (2^-23 of its size) at the larger end.
        /// </summary>
        public static bool CanResolve(float minVolts, float maxVolts, int bits)
        {
            if (!Frames.Bytes.IsFinite(minVolts) || !Frames.Bytes.IsFinite(maxVolts) || !(minVolts < maxVolts) || bits < 1 || bits > 16)
            {
                return false;
            }

            double step = ((double)maxVolts - minVolts) / (1 << bits);
            double largest = SmallestRelativeStep * ((double)maxVolts > -(double)minVolts ? maxVolts : -(double)minVolts);
            return step >= largest && step >= SmallestRelativeStep * minVolts && step >= SmallestStepVolts;
        }

        /// <summary>One code, V.</summary>
        public float StepVolts => (float)_step;

        public float VoltsFromCode(int code) => (float)(MinVolts + (code * _step));

        /// <summary>The nearest code, or -1 when the volts are not finite or lie outside what the codes reach.</summary>
        public int CodeFromVolts(float volts)
        {
            double code = ((volts - (double)MinVolts) * _codesPerVolt) + 0.5;
            return code >= 0 && code < Codes ? (int)code : -1;
        }

        /// <summary>The nearest code, held at the rails as a measuring converter does; not a number reads as the lower rail.</summary>
        public int CodeFromVoltsAtRails(float volts)
        {
            double code = ((volts - (double)MinVolts) * _codesPerVolt) + 0.5;
            if (!(code >= 0))
            {
                return 0;
            }

            return code >= Codes ? Codes - 1 : (int)code;
        }

        /// <summary>The lowest code not below <paramref name="volts"/>, a limit rounded inwards; <see cref="Codes"/> when there is none.</summary>
        public int LowestCodeInside(float volts)
        {
            if (!Frames.Bytes.IsFinite(volts))
            {
                return Codes;
            }

            int code = CodeFromVoltsAtRails(volts);
            return VoltsFromCode(code) >= volts ? code : code + 1;
        }

        /// <summary>The highest code not above <paramref name="volts"/>, a limit rounded inwards; -1 when there is none.</summary>
        public int HighestCodeInside(float volts)
        {
            if (!Frames.Bytes.IsFinite(volts))
            {
                return -1;
            }

            int code = CodeFromVoltsAtRails(volts);
            return VoltsFromCode(code) <= volts ? code : code - 1;
        }

        /// <summary>What a word of this channel says: its code, or a code's word, for turning a bit is its own inverse.</summary>
        public int CodeOfWord(int word) => word ^ _turned;

        /// <summary>Encodes volts as 16-bit little-endian words; -1, or the index of the first volt that no code reaches.</summary>
        public int EncodeWords(float[] volts, int from, int count, byte[] words, int at)
        {
            // Fields as locals: this loop sees every sample.
            double min = MinVolts;
            double codesPerVolt = _codesPerVolt;
            double codes = Codes;
            int turned = _turned;
            for (int i = 0; i < count; i++)
            {
                double nearest = ((volts[from + i] - min) * codesPerVolt) + 0.5;
                if (!(nearest >= 0 && nearest < codes))
                {
                    return i;
                }

                int code = (int)nearest ^ turned;
                words[at] = (byte)code;
                words[at + 1] = (byte)(code >> 8);
                at += 2;
            }

            return -1;
        }

        /// <summary>What the converter makes of volts: those of their nearest codes; -1, or the index of the first volt that no code reaches.</summary>
        public int RoundVolts(float[] volts, int from, int count, float[] rounded)
        {
            double min = MinVolts;
            double codesPerVolt = _codesPerVolt;
            double step = _step;
            double codes = Codes;
            for (int i = from; i < from + count; i++)
            {
                double nearest = ((volts[i] - min) * codesPerVolt) + 0.5;
                if (!(nearest >= 0 && nearest < codes))
                {
                    return i;
                }

                rounded[i] = (float)(min + ((int)nearest * step));
            }

            return -1;
        }

        /// <summary>Encodes volts as a measuring converter does: held at the rails.</summary>
        public void EncodeWordsAtRails(float[] volts, int from, int count, byte[] words, int at)
        {
            for (int i = 0; i < count; i++)
            {
                int code = CodeFromVoltsAtRails(volts[from + i]) ^ _turned;
                words[at] = (byte)code;
                words[at + 1] = (byte)(code >> 8);
                at += 2;
            }
        }

        /// <summary>Decodes 16-bit little-endian words to volts.</summary>
        public void DecodeWords(byte[] words, int at, int count, float[] volts, int to)
        {
            double min = MinVolts;
            double step = _step;
            int turned = _turned;
            for (int i = 0; i < count; i++)
            {
                volts[to + i] = (float)(min + (((words[at] | (words[at + 1] << 8)) ^ turned) * step));
                at += 2;
            }
        }
    }
}
