using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Tests.Oscillators;

public class LaneSineTests
{
    [Fact]
    public void Sine_and_cosine_are_those_of_the_library_to_the_stated_error_over_the_stated_range()
    {
        double worst = 0, worstCos = 0;
        for (int n = -100_000; n <= 100_000; n++)
        {
            float x = n * (50f / 100_000);
            (Vector<float> sin, Vector<float> cos) = LaneSine.SinCos(new Vector<float>(x));
            worst = Math.Max(worst, Math.Abs(sin[0] - Math.Sin(x)));
            worstCos = Math.Max(worstCos, Math.Abs(cos[0] - Math.Cos(x)));
            Assert.Equal(sin[0], LaneSine.Sin(new Vector<float>(x))[0]);
        }

        // π reduced and rounded once (6e-8), the fit (5e-8), and the result's own rounding (3e-8).
        // π subtracted twice (6e-8 each, felt by the cosine where it passes 0), the cosine's fit (5e-8), and the results' own rounding.
        Assert.InRange(worst, 0, 1.2e-7);
        Assert.InRange(worstCos, 0, 2e-7);
    }

    [Fact]
    public void A_small_sine_is_right_relative_to_itself()
    {
        foreach (float x in new[] { 1e-20f, -3e-8f, 1e-3f, 0.1f })
        {
            Assert.Equal(1, LaneSine.Sin(new Vector<float>(x))[0] / Math.Sin(x), 1.2e-7); // one rounding
        }
    }
}
