using System;

namespace PnnEdge.Wire
{
    /// <summary>
    /// Volts to converter codes and back, for host and device alike. Offset binary: code 0 is the lowest volt, half of full
    /// scale is the middle of the range exactly, and the highest code is one step below the upper end.
    /// </summary>
    public sealed class VoltScale
    {
        public readonly float MinVolts;
        public readonly float MaxVolts;
        public readonly int Bits;

        /// <summary>Number of codes, 2^bits.</summary>
        public readonly int Codes;

        private readonly double _step;
        private readonly double _codesPerVolt;

        public VoltScale(float minVolts, float maxVolts, int bits)
        {
            if (!(minVolts < maxVolts) || bits < 1 || bits > 16)
            {
                throw new ArgumentException("A converter needs a lower below its upper volt and 1 to 16 bits.");
            }

            MinVolts = minVolts;
            MaxVolts = maxVolts;
            Bits = bits;
            Codes = 1 << bits;
            _step = ((double)maxVolts - minVolts) / Codes;
            _codesPerVolt = Codes / ((double)maxVolts - minVolts);
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

        /// <summary>The lowest code not below <paramref name="volts"/>: a limit rounded inwards.</summary>
        public int LowestCodeInside(float volts)
        {
            int code = CodeFromVoltsAtRails(volts);
            return VoltsFromCode(code) < volts && code < Codes - 1 ? code + 1 : code;
        }

        /// <summary>The highest code not above <paramref name="volts"/>: a limit rounded inwards.</summary>
        public int HighestCodeInside(float volts)
        {
            int code = CodeFromVoltsAtRails(volts);
            return VoltsFromCode(code) > volts && code > 0 ? code - 1 : code;
        }
    }
}
