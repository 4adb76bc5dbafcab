using System;
using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>
    /// The chip's side of DS21298E section 5.0, page 19, clock by clock: the first high bit is the start bit; SGL/DIFF and three channel bits follow;
    /// one more clock ends the sample, then come a low null bit and twelve bits, most significant first, and zeros once these have come
    /// back in the other order.
    /// </summary>
    public sealed class SimulatedMcp3208 : ISpiPort
    {
        private readonly Func<int, double> _inputVolts;
        private readonly double _referenceVolts;
        private readonly int _bits;

        /// <param name="inputVolts">Of a channel, asked at every conversion, V.</param>
        /// <param name="bits">10 for an MCP3008, which speaks the same but for the length of its answer (Microchip DS21295D, section 5.0, pages 19–20).</param>
        public SimulatedMcp3208(Func<int, double> inputVolts, double referenceVolts, int bits = 12)
        {
            _inputVolts = inputVolts;
            _referenceVolts = referenceVolts;
            _bits = bits;
        }

        public bool Transfer(byte[] write, byte[] read, int count)
        {
            int start = -1, code = 0, bits = 8 * count;
            Array.Clear(read, 0, count);
            for (int clock = 0; clock < bits; clock++)
            {
                if (start < 0)
                {
                    start = Bit(write, clock) ? clock : -1;
                }
                else if (clock == start + 4)
                {
                    code = Convert(write, start + 1);
                }

                Put(read, clock, start < 0 ? 1 : Output(clock - start, code));
            }

            return true;
        }

        private int Convert(byte[] write, int at)
        {
            if (!Bit(write, at))
            {
                throw new NotSupportedException("A differential conversion was asked for; the simulated MCP3208 makes single-ended ones.");
            }

            int channel = (Bit(write, at + 1) ? 4 : 0) + (Bit(write, at + 2) ? 2 : 0) + (Bit(write, at + 3) ? 1 : 0);
            return (int)Math.Clamp(Math.Floor((1 << _bits) * _inputVolts(channel) / _referenceVolts), 0, (1 << _bits) - 1);
        }

        /// <summary>Clocks count from the start bit: high impedance (pulled up) to the sixth, the null bit, all bits down, all but one up, zeros.</summary>
        private int Output(int clock, int code)
        {
            int index = clock - 7;
            if (index < 0)
            {
                return clock == 6 ? 0 : 1;
            }

            return index < _bits ? (code >> (_bits - 1 - index)) & 1 : index < (2 * _bits) - 1 ? (code >> (index - _bits + 1)) & 1 : 0;
        }

        private static bool Bit(byte[] bytes, int clock) => (bytes[clock >> 3] & (0x80 >> (clock & 7))) != 0;

        private static void Put(byte[] bytes, int clock, int bit) => bytes[clock >> 3] |= (byte)(bit == 0 ? 0 : 0x80 >> (clock & 7));
    }
}
