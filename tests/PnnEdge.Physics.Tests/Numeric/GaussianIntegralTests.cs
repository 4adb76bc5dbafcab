using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Tests.Numeric;

public class GaussianIntegralTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(2.9, 0.9981341866996160)]
    [InlineData(3.1, 0.9990323967867817)]
    [InlineData(6, 0.9999999990134123)]
    public void It_has_the_tabulated_values_on_both_sides(double x, double expected)
    {
        Assert.Equal(expected, GaussianIntegral.At(x), 2e-15); // the literals have 16 digits
        Assert.Equal(1 - expected, GaussianIntegral.At(-x), 2e-15);
    }

    [Fact]
    public void Its_two_forms_meet_and_it_rises()
    {
        Assert.Equal(GaussianIntegral.At(Math.BitDecrement(3)), GaussianIntegral.At(3), 1e-15);
        double before = 0;
        for (double x = -8; x < 8; x += 0.01)
        {
            double now = GaussianIntegral.At(x);
            Assert.True(now >= before - 1e-15, $"it fell at {x}");
            before = now;
        }

        Assert.Equal(0, GaussianIntegral.At(-60));
        Assert.Equal(1, GaussianIntegral.At(60));
    }
}
