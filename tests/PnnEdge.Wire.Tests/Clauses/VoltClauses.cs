namespace PnnEdge.Wire.Tests.Clauses;

public class VoltClauses
{
    public static TheoryData<float, float, int> Ranges => new()
    {
        { -5f, 5f, 12 }, { -10f, 10f, 16 }, { 0f, 3.3f, 12 }, { 0f, 3.3f, 16 }, { -0.1f, 0.3f, 16 }, { 1f, 3.3f, 16 }, { -12.5f, -0.7f, 14 },
        { 0f, 2.048f, 8 }, { -1f, 1f, 1 }, { 100f, 101f, 12 }, { 0f, 1e-6f, 16 }, { -1e6f, 2e6f, 16 },
    };

    [Theory]
    [Clause("V-1", Accepts)]
    [InlineData(0f, 2048)]
    [InlineData(-5f, 0)]
    [InlineData(4.9975586f, 4095)] // 4095 × 10/4096 − 5
    [InlineData(0.0012f, 2048)] // 0.49 of a step above 0 V
    [InlineData(0.0013f, 2049)] // 0.53 of a step above 0 V
    [InlineData(-0.0012f, 2048)]
    [InlineData(-0.0013f, 2047)]
    [InlineData(-5.0012f, 0)]
    [InlineData(-5.001220703125f, 0)] // exactly half a step below the lowest code
    [InlineData(4.9987f, 4095)]
    public void Volts_become_the_nearest_code(float volts, int code) => Assert.Equal(code, new VoltScale(-5f, 5f, 12).CodeFromVolts(volts));

    [Theory]
    [Clause("V-1", Refuses)]
    [InlineData(5f)]
    [InlineData(4.998779296875f)] // exactly half a step above the highest code
    [InlineData(4.999f)]
    [InlineData(-5.0013f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Volts_beyond_the_codes_have_none(float volts) => Assert.Equal(-1, new VoltScale(-5f, 5f, 12).CodeFromVolts(volts));

    [Fact]
    [Clause("V-1", Refuses)]
    public void A_block_stops_at_the_first_volt_without_a_code()
    {
        VoltScale scale = new(-5f, 5f, 12);
        byte[] words = new byte[8];
        Assert.Equal(2, scale.EncodeWords([0f, 1f, float.NaN, 0f], 0, 4, words, 0));
        Assert.Equal(-1, scale.EncodeWords([9f, 1f, 2f, 0f], 1, 3, words, 2));
    }

    [Fact]
    public void A_measuring_converter_stays_at_its_rails()
    {
        VoltScale scale = new(-5f, 5f, 12);
        float[] volts = [9f, -9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f];
        Assert.Equal([4095, 0, 0, 4095, 0, 2048], volts.Select(scale.CodeFromVoltsAtRails));
        byte[] words = new byte[12];
        scale.EncodeWordsAtRails(volts, 0, 6, words, 0);
        float[] read = new float[6];
        scale.DecodeWords(words, 0, 6, read, 0);
        Assert.Equal([4.9975586f, -5f, -5f, 4.9975586f, -5f, 0f], read);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Every_code_of_every_range_survives_the_way_to_volts_and_back(float min, float max, int bits)
    {
        VoltScale scale = new(min, max, bits);
        float before = float.NegativeInfinity;
        for (int code = 0; code < scale.Codes; code++)
        {
            float volts = scale.VoltsFromCode(code);
            Assert.True(volts > before, $"Code {code} is {volts} V and the code below it {before} V.");
            Assert.Equal(code, scale.CodeFromVolts(volts));
            Assert.Equal(code, scale.CodeFromVoltsAtRails(volts));
            before = volts;
        }
    }

    [Fact]
    [Clause("V-2", Accepts)]
    public void Words_survive_the_way_to_volts_and_back()
    {
        VoltScale scale = new(-10f, 10f, 16);
        byte[] words = new byte[2 * 65536];
        for (int code = 0; code < 65536; code++)
        {
            Frames.Bytes.PutUInt16(words, 2 * code, code);
        }

        float[] volts = new float[65536];
        byte[] again = new byte[words.Length];
        scale.DecodeWords(words, 0, 65536, volts, 0);
        Assert.Equal(-1, scale.EncodeWords(volts, 0, 65536, again, 0));
        Assert.Equal(words, again);
    }

    [Theory]
    [Clause("V-2", Refuses)]
    [InlineData(1000f, 1001f, 16)]
    [InlineData(-1001f, -1000f, 16)]
    [InlineData(0f, 1e-40f, 12)]
    public void A_range_whose_codes_float32_cannot_tell_apart_is_refused(float min, float max, int bits)
    {
        Assert.False(VoltScale.CanResolve(min, max, bits));
        Assert.Throws<ArgumentException>(() => new VoltScale(min, max, bits));
    }

    [Theory]
    [Clause("V-2", Refuses)]
    [InlineData(5f, -5f, 12)]
    [InlineData(5f, 5f, 12)]
    [InlineData(-5f, 5f, 0)]
    [InlineData(-5f, 5f, 17)]
    [InlineData(float.NaN, 5f, 12)]
    [InlineData(-5f, float.NaN, 12)]
    [InlineData(float.NegativeInfinity, 5f, 12)]
    [InlineData(-5f, float.PositiveInfinity, 12)]
    public void A_range_that_is_none_is_refused(float min, float max, int bits) =>
        Assert.Throws<ArgumentException>(() => new VoltScale(min, max, bits));

    [Theory]
    [Clause("V-3", Accepts)]
    [InlineData(-4f, 410)] // −4 V lies at 409.6
    [InlineData(-5f, 0)]
    [InlineData(-100f, 0)]
    [InlineData(0f, 2048)]
    public void The_lower_limit_is_the_first_code_inside(float volts, int code) => Assert.Equal(code, new VoltScale(-5f, 5f, 12).LowestCodeInside(volts));

    [Theory]
    [Clause("V-3", Accepts)]
    [InlineData(4f, 3686)] // 4 V lies at 3686.4
    [InlineData(5f, 4095)]
    [InlineData(100f, 4095)]
    [InlineData(0f, 2048)]
    public void The_upper_limit_is_the_last_code_inside(float volts, int code) => Assert.Equal(code, new VoltScale(-5f, 5f, 12).HighestCodeInside(volts));

    [Theory]
    [Clause("V-3", Refuses)]
    [InlineData(4.999f, 5f)]
    [InlineData(5f, 5f)]
    [InlineData(6f, 7f)]
    [InlineData(-7f, -6f)]
    [InlineData(0.001f, 0.002f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.NaN, 5f)]
    [InlineData(-5f, float.NaN)]
    public void Limits_that_hold_no_code_allow_none(float low, float high)
    {
        VoltScale scale = new(-5f, 5f, 12);
        int allowed = Enumerable.Range(0, scale.Codes).Count(c => c >= scale.LowestCodeInside(low) && c <= scale.HighestCodeInside(high));
        Assert.Equal(0, allowed);
    }

    [Fact]
    [Clause("V-3", Refuses)]
    public void No_allowed_code_lies_outside_its_limits_and_no_code_inside_is_lost()
    {
        Random random = new(3);
        VoltScale scale = new(-0.1f, 3.3f, 10);
        for (int i = 0; i < 200; i++)
        {
            float low = (float)((random.NextDouble() * 4) - 0.5);
            float high = low + (float)random.NextDouble();
            for (int code = 0; code < scale.Codes; code++)
            {
                bool inside = scale.VoltsFromCode(code) >= low && scale.VoltsFromCode(code) <= high;
                Assert.Equal(inside, code >= scale.LowestCodeInside(low) && code <= scale.HighestCodeInside(high));
            }
        }
    }

    [Theory]
    [Clause("V-4", Accepts)]
    [InlineData(5f, 12)]
    [InlineData(3.3f, 16)]
    [InlineData(0.1f, 8)]
    [InlineData(1.234567f, 1)]
    public void The_middle_of_a_symmetric_range_is_0_volts_exactly(float max, int bits)
    {
        VoltScale scale = new(-max, max, bits);
        Assert.Equal(0f, scale.VoltsFromCode(scale.Codes / 2));
        Assert.Equal(scale.Codes / 2, scale.CodeFromVolts(0f));
    }

    [Theory]
    [Clause("V-4", Refuses)]
    [InlineData(-1)]
    [InlineData(1)]
    public void Its_neighbours_are_one_step_away(int by)
    {
        VoltScale scale = new(-5f, 5f, 12);
        Assert.Equal(by * 10f / 4096, scale.VoltsFromCode(2048 + by));
        Assert.Equal(10f / 4096, scale.StepVolts);
    }
}
