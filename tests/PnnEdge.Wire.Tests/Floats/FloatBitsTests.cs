using System.Buffers.Binary;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Tests.Floats;

public class FloatBitsTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(-1.5f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    [InlineData(float.Epsilon)]
    [InlineData(-float.Epsilon)]
    [InlineData(1.17549435e-38f)] // the smallest normal one
    [InlineData(1.1754942e-38f)] // the largest that is not
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_float_is_written_as_its_own_bits(float value) => Assert.Equal(BitConverter.SingleToUInt32Bits(value), Written(value));

    [Fact]
    public void Minus_zero_keeps_its_sign() => Assert.Equal(0x80000000, Written(-0f));

    [Fact]
    public void So_are_a_million_at_random_and_none_of_them_allocates()
    {
        Random random = new(3);
        byte[] bytes = new byte[4];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000_000; i++)
        {
            uint bits = (uint)random.NextInt64(1L << 32);
            float value = BitConverter.UInt32BitsToSingle(bits);
            Bytes.PutSingle(bytes, 0, value);
            uint written = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (float.IsNaN(value) ? !float.IsNaN(BitConverter.UInt32BitsToSingle(written)) : written != bits)
            {
                Assert.Fail($"0x{bits:X8} was written as 0x{written:X8}.");
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static uint Written(float value)
    {
        byte[] bytes = new byte[4];
        Bytes.PutSingle(bytes, 0, value);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
