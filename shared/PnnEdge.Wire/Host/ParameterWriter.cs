using System;
using System.Buffers.Binary;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Host
{
    /// <summary>Writes a parameter set's payload without allocating: a training step may send one of tens of thousands of values.</summary>
    public static class ParameterWriter
    {
        /// <param name="frame">At least a header and <see cref="ParameterFrame.PayloadBytes"/> long.</param>
        /// <param name="volts">[actuator], V, in the order of hello's banks.</param>
        /// <returns>The payload's length, bytes.</returns>
        public static int Write(byte[] frame, ReadOnlySpan<float> volts)
        {
            Bytes.PutUInt16(frame, ParameterFrame.CountAt, volts.Length);
            Bytes.PutUInt16(frame, ParameterFrame.ReservedAt, 0);
            Span<byte> values = frame.AsSpan(ParameterFrame.VoltsAt);
            for (int i = 0; i < volts.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(values.Slice(4 * i), volts[i]);
            }

            return ParameterFrame.PayloadBytes(volts.Length);
        }
    }
}
