using MathNet.Numerics.Distributions;
using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

/// <summary>Responses that a test writes down, most of them longer than a shot, each measured with many probes and noises.</summary>
public class LeadingEdgeTests
{
    private const int Samples = 128, Shots = 32, Repeats = 40;
    private const double Likely = 0.001; // of a binomial count; seeds are fixed

    /// <summary>As of the virtual circuit, ladder and plate: a resonance of 66 samples, two time constants, two modes.</summary>
    private static double[] Taps(string like, int delay = 0) => [.. Enumerable.Range(0, Samples).Select(i => (i - delay) switch
    {
        < 0 => 0,
        int l => like switch
        {
            "circuit" => 0.085 * Math.Exp(-l / 60.0) * Math.Sin(2 * Math.PI * (l + 0.5) / 66),
            "ladder" => 0.035 * (Math.Exp(-(l + 0.3) / 40) - Math.Exp(-(l + 0.3) / 3)),
            "plate" => Math.Exp(-l / 50.0) * ((0.09 * Math.Sin(2 * Math.PI * (l + 0.3) / 30)) - (0.06 * Math.Sin(2 * Math.PI * (l + 0.3) / 7.5))),
            "growth" => 0.001 * l,
            "a lone tap" => l == 0 ? -0.5 : 0,
            "nothing" => 0,
            _ => throw new ArgumentException(like),
        },
    })];

    private static double Truth(double[] taps)
    {
        double half = taps.Max(Math.Abs) / 2;
        int at = Array.FindIndex(taps, tap => Math.Abs(tap) >= half);
        double before = at == 0 ? 0 : taps[at - 1] * Math.Sign(taps[at]);
        return at - ((Math.Abs(taps[at]) - half) / (Math.Abs(taps[at]) - before));
    }

    /// <param name="noise">Of a reading, as a share of the rms that this response gives the probe.</param>
    private static Uncertain? Measure(double[] taps, ulong seed, double noise = 0.1)
    {
        var random = new SeededRandom(seed, stream: 3);
        float[] played = new float[Shots * Samples], read = new float[played.Length];
        foreach (ref float v in played.AsSpan()) { v = (float)((2 * random.NextDouble()) - 1); }
        double sigma = noise * Math.Max(0.01, Math.Sqrt(taps.Sum(tap => tap * tap) / 3));
        for (int at = 0; at < read.Length; at++)
        {
            double v = sigma * random.NextNormal();
            for (int lag = 0; lag <= at % Samples; lag++) { v += taps[lag] * played[at - lag]; }
            read[at] = (float)v;
        }

        return LagResponse.Of(new Measurement(0, Shots, played, [], read), Samples, Samples, 0, 0).EdgeSamples;
    }

    [Theory]
    [InlineData("circuit", 0.1)]
    [InlineData("circuit", 0.3)]
    [InlineData("ladder", 0.1)]
    [InlineData("ladder", 0.5)]
    [InlineData("plate", 0.01)]
    [InlineData("plate", 0.5)]
    public void The_true_edge_lies_inside_the_stated_interval_as_often_as_stated(string like, double noise)
    {
        double[] taps = Taps(like);
        double truth = Truth(taps);
        Uncertain[] measured = [.. Enumerable.Range(1, Repeats).Select(seed => Measure(taps, (ulong)seed, noise)!.Value)];
        int hits = measured.Count(one => one.Holds(truth));
        double bias = measured.Average(one => one.Value) - truth, width = measured.Average(one => one.Expanded95);
        Assert.True(Binomial.CDF(0.95, Repeats, hits) > Likely, $"{like}: the truth {truth} lies inside the interval for {hits} of {Repeats}; on average {bias} off, ± {width}.");
        Assert.True(width < 2, $"{like}: ± {width}"); // of the circuit's rise of 16 samples
    }

    [Theory]
    [InlineData("circuit")]
    [InlineData("ladder")]
    [InlineData("plate")]
    public void An_added_delay_of_some_samples_moves_the_edge_by_as_many(string like)
    {
        Uncertain here = Measure(Taps(like), 1)!.Value;
        foreach (int delay in new[] { 1, 3, 10 })
        {
            Uncertain there = Measure(Taps(like, delay), 1)!.Value;
            Assert.Equal(delay, there.Value - here.Value, Math.Sqrt((here.Expanded95 * here.Expanded95) + (there.Expanded95 * there.Expanded95)));
        }
    }

    [Fact]
    public void The_edge_of_a_tap_that_stands_alone_is_half_a_sample_before_it()
    {
        foreach (int delay in new[] { 0, 7 }) { Assert.Equal(delay - 0.5, Measure(Taps("a lone tap", delay), 1)!.Value.Value, 0.01); } // five σ of a tap against it, 2e-3, both taps
    }

    [Theory]
    [InlineData("growth", 0.01)]
    [InlineData("nothing", 1)]
    [InlineData("circuit", 10)]
    public void No_edge_is_told_of_a_response_that_still_grows_or_drowns_in_noise(string like, double noise)
    {
        for (ulong seed = 1; seed <= 20; seed++) { Assert.Null(Measure(Taps(like), seed, noise)); }
    }
}
