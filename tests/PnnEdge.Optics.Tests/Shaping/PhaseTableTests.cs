using PnnEdge.Optics.Shaping;

namespace PnnEdge.Optics.Tests.Shaping;

public class PhaseTableTests
{
    [Theory]
    [InlineData(6.6, 1.1)]
    [InlineData(6.6, 0.7)]
    [InlineData(6.0, 1.0)] // a little less than a turn
    [InlineData(9.0, 2.0)] // more than one
    public void No_phase_is_further_than_half_the_largest_step_from_its_level(double span, double gamma)
    {
        var table = PhaseTable.Bent(span, gamma);
        for (double rad = -7; rad < 7; rad += 0.00937)
        {
            double off = Math.IEEERemainder(table.Rad(table.Nearest(rad)) - rad, 2 * Math.PI);
            Assert.True(Math.Abs(off) <= (table.LargestStepRad / 2) + 1e-12, $"{rad} rad is {off} rad from its level");
        }
    }

    [Fact]
    public void A_measured_table_is_taken_as_it_is()
    {
        double[] levels = [.. Enumerable.Range(0, 256).Select(level => (level * 0.026) + (0.01 * Math.Sin(level / 20.0)))];
        var table = PhaseTable.Of(levels);
        Assert.Equal(levels[77], table.Rad(77));
        Assert.Equal(77, table.Nearest(levels[77] + 1e-6));
        Assert.Equal(Math.Cos(levels[77]), table.Cosine(77));
        Assert.Equal(Math.Sin(levels[77]), table.Sine(77));
    }

    [Fact]
    public void A_table_that_is_short_falls_or_spans_too_little_is_refused_in_a_sentence()
    {
        Assert.Contains("256 levels; this one has 255", Assert.Throws<ArgumentException>(() => PhaseTable.Of(new double[255])).Message, StringComparison.Ordinal);
        Assert.Contains("level 1 has 0 rad after 0 rad", Assert.Throws<ArgumentException>(() => PhaseTable.Of(new double[256])).Message, StringComparison.Ordinal);
        Assert.Contains("this one spans 3.00 rad", Assert.Throws<ArgumentException>(() => PhaseTable.Bent(3, 1)).Message, StringComparison.Ordinal);
    }
}
