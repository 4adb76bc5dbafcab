using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Tests.Channel;

public class NormalNoiseTests
{
    [Fact]
    public void The_numbers_are_Box_and_Muller_s_of_Philox_words()
    {
        var chance = new ChanceSource(11, 22);
        float[] normals = new float[4000];
        new NormalNoise().Fill(chance, ChanceStream.OutputNoise, 5, normals);
        for (uint block = 0; block < normals.Length / 4; block++)
        {
            (uint r0, uint a0, uint r1, uint a1) = chance.Block(ChanceStream.OutputNoise, 5, block);
            AssertPair(r0, a0, normals.AsSpan((int)block * 4, 2));
            AssertPair(r1, a1, normals.AsSpan((int)block * 4 + 2, 2));
        }

        static void AssertPair(uint radius, uint angle, ReadOnlySpan<float> pair)
        {
            double length = Math.Sqrt(-2 * Math.Log(((radius >> 8) + 0.5) / (1 << 24)));
            double turn = (int)angle / 4294967296.0;

            // The angle is rounded to 24 bits (4e-7 rad at half a turn) and the length to 3e-7 of itself; near u = 1,
            // rounding u by 3e-8 moves the length by 3e-8/length, twice that at the last step.
            double tolerance = 1e-6 * length + 6e-8 / length;
            Assert.Equal(length * Math.Cos(2 * Math.PI * turn), pair[0], tolerance);
            Assert.Equal(length * Math.Sin(2 * Math.PI * turn), pair[1], tolerance);
        }
    }

    [Fact]
    public void Mean_spread_tails_and_neighbours_are_those_of_independent_normal_numbers()
    {
        const int count = 1_000_000;
        float[] normals = new float[count];
        new NormalNoise().Fill(new ChanceSource(1, 2), ChanceStream.OutputNoise, 3, normals);
        double mean = normals.Average(value => (double)value);
        double variance = normals.Average(value => (double)value * value);
        double fourth = normals.Average(value => Math.Pow(value, 4));
        double neighbours = Enumerable.Range(0, count - 1).Average(n => (double)normals[n] * normals[n + 1]);

        // Five standard errors each: 1/√N, √2/√N, √96/√N, 1/√N.
        double fiveErrors = 5 / Math.Sqrt(count);
        Assert.Equal(0, mean, fiveErrors);
        Assert.Equal(1, variance, Math.Sqrt(2) * fiveErrors);
        Assert.Equal(3, fourth, Math.Sqrt(96) * fiveErrors);
        Assert.Equal(0, neighbours, fiveErrors);
        Assert.Equal(0.0026998, normals.Count(value => Math.Abs(value) > 3) / (double)count, 5 * Math.Sqrt(0.0027 / count));
    }

    [Fact]
    public void A_longer_shot_begins_with_the_same_numbers()
    {
        float[] longer = new float[77];
        float[] shorter = new float[5];
        var noise = new NormalNoise();
        noise.Fill(new ChanceSource(1, 2), ChanceStream.OutputNoise, 3, longer);
        noise.Fill(new ChanceSource(1, 2), ChanceStream.OutputNoise, 3, shorter);
        Assert.Equal(longer[..5], shorter);
    }
}
