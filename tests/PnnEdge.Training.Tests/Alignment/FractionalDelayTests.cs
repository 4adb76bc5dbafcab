using PnnEdge.Training.Alignment;

namespace PnnEdge.Training.Tests.Alignment;

public class FractionalDelayTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.33)]
    public void A_tone_comes_out_where_it_is_between_its_samples(double cycles)
    {
        FractionalDelay delay = FractionalDelay.OfShots;
        for (int part = 0; part <= 40; part++)
        {
            float[] weights = delay.Weights(part / 40.0);
            for (int phase = 0; phase < 8; phase++)
            {
                double Tone(double t) => Math.Cos((2 * Math.PI * cycles * t) + phase);
                double sum = weights.Select((weight, tap) => weight * Tone(tap + 1 - delay.HalfTaps)).Sum();
                Assert.Equal(Tone(part / 40.0), sum, 4e-4); // as its documentation says
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void On_a_sample_it_is_that_sample(double fraction)
    {
        float[] weights = FractionalDelay.OfShots.Weights(fraction);
        int at = FractionalDelay.OfShots.HalfTaps - 1 + (int)fraction;
        Assert.Equal(1, weights[at], 1e-6);
        Assert.All(weights.Where((_, tap) => tap != at), weight => Assert.Equal(0, weight, 1e-6));
    }

    [Fact]
    public void What_does_not_change_stays_as_it_is()
    {
        for (int part = 0; part <= 40; part++) { Assert.Equal(1, FractionalDelay.OfShots.Weights(part / 40.0).Sum(weight => (double)weight), 1e-6); }
    }
}
