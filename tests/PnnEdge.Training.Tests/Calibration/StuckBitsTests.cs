using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Calibration;

namespace PnnEdge.Training.Tests.Calibration;

public class StuckBitsTests
{
    private const int Bits = 12;

    private static StuckBits Seen(Func<SeededRandom, int> read, int readings = 4000)
    {
        var bits = new StuckBits(lowest: 0, step: 1, Bits);
        var random = new SeededRandom(1);
        for (int i = 0; i < readings; i++) { bits.See(read(random)); }
        return bits;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(10)]
    public void A_digit_that_reads_1_or_0_is_named_whichever_it_is(int bit)
    {
        Assert.Equal([bit], Seen(random => (int)(4096 * random.NextDouble()) | (1 << bit)).Stuck);
        Assert.Equal([bit], Seen(random => (int)(4096 * random.NextDouble()) & ~(1 << bit)).Stuck);
        Assert.Equal(Bits - 1, Seen(random => (int)(4096 * random.NextDouble()) | (1 << bit)).Changed);
    }

    [Fact]
    public void Readings_that_go_everywhere_have_no_digit_that_stands_still()
    {
        StuckBits bits = Seen(random => (int)(4096 * random.NextDouble()));
        Assert.Empty(bits.Stuck);
        Assert.Equal(Bits, bits.Changed);
    }

    /// <summary>Two states and nothing between them: digits that are alike in both stand still, and nothing is wrong.</summary>
    [Theory]
    [InlineData(1000, 3048)]
    [InlineData(100, 1124)]
    [InlineData(300, 364)]
    public void A_bench_of_two_states_has_lost_no_digit(int one, int other) =>
        Assert.Empty(Seen(random => (random.NextDouble() < 0.5 ? one : other) + (int)Math.Round(2 * random.NextNormal())).Stuck);

    [Fact]
    public void Readings_that_do_not_go_far_or_are_few_name_nothing()
    {
        Assert.Empty(Seen(random => 2048 + (int)(16 * random.NextDouble())).Stuck);
        Assert.Empty(Seen(random => (int)(4096 * random.NextDouble()) | 1, readings: 30).Stuck);
    }

    [Fact]
    public void One_word_however_often_is_a_still_input()
    {
        Assert.True(Seen(_ => 7).IsStill);
        Assert.False(Seen(random => (int)(2 * random.NextDouble())).IsStill);
    }
}
