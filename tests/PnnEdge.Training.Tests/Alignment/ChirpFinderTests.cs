using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Alignment;

namespace PnnEdge.Training.Tests.Alignment;

public class ChirpFinderTests(ITestOutputHelper output)
{
    private const int MostLag = 600;
    private const int From = 8;

    private static readonly LinearChirp Chirp = LinearChirp.OfCodecs;
    private readonly ChirpFinder _finder = new(Chirp);

    [Fact]
    public void The_chirp_and_its_slope_are_those_of_scipy()
    {
        OracleAnswer scipy = ChirpOracle.Ask(Chirp.Samples, 0.02, 0.30, 0.25, []);
        for (int n = 0; n <= Chirp.Samples; n++)
        {
            Assert.Equal(scipy.Pattern[n], Chirp.At(n).Value, 1e-9); // double precision, grown in a phase of 260 rad
            Assert.Equal(scipy.Slope[n], Chirp.At(n).Slope, 1e-3); // the oracle's differences of 1/64 sample are 2e-4 off, and more at the ends
        }
    }

    [Fact]
    public void The_whole_samples_are_where_scipy_s_cross_correlation_is_highest()
    {
        double[] lags = [0, 1, 37.2, 99.9, 250.5, 411.49, 599, 600];
        float[][] recordings = [.. lags.Select((lag, i) => Recording(lag, 1, noise: 0.3, seed: (ulong)i))];
        OracleAnswer scipy = ChirpOracle.Ask(Chirp.Samples, 0.02, 0.30, 0.25, [.. recordings.Select(recording => recording[From..(From + MostLag + Chirp.Samples + 1)])]);
        for (int i = 0; i < lags.Length; i++)
        {
            // Least squares moves on from there by at most what noise of 0.3 and half a sample make.
            Assert.Equal(scipy.Lags[i], _finder.Find(recordings[i], From, MostLag).Samples, 0.5 + (5 * 0.3 * scipy.Bound));
        }
    }

    /// <summary>400 trials: a standard deviation is known to 1/√800 = 3.5 %, so four of that; its mean to 1/20 of it, so five times that.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    public void At_every_noise_the_error_is_the_Cramer_Rao_bound_and_the_estimate_says_so(double decibels)
    {
        const int Trials = 400;
        double noise = Math.Pow(10, -decibels / 20), bound = noise * ChirpOracle.Ask(Chirp.Samples, 0.02, 0.30, 0.25, []).Bound;
        double sum = 0, squares = 0, said = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double lag = 37 + (1.3719 * trial);
            FoundLag found = _finder.Find(Recording(lag, 1, noise, (ulong)trial), From, MostLag);
            (sum, squares, said) = (sum + found.Samples - lag, squares + ((found.Samples - lag) * (found.Samples - lag)), said + found.StandardError);
        }

        double rms = Math.Sqrt(squares / Trials);
        output.WriteLine($"{decibels} dB: rms {rms:g3}, bound {bound:g3}, said {said / Trials:g3} samples");
        Assert.InRange(rms / bound, 0.86, 1.14);
        Assert.InRange(said / Trials / bound, 0.97, 1.03);
        Assert.InRange(sum / Trials / bound, -0.25, 0.25);
    }

    [Fact]
    public void Without_noise_it_is_exact()
    {
        foreach (double lag in (double[])[0, 0.25, 37.5, 599.999])
        {
            FoundLag found = _finder.Find(Recording(lag, 0.7, 0, 1), From, MostLag);
            Assert.Equal(lag, found.Samples, 1e-6); // recordings are single precision: 6e-8 in 130 products
            Assert.Equal(0.7, found.Amplitude, 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Where_no_chirp_is_the_error_is_far_above_what_is_taken(double noise)
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            Assert.False(_finder.Find(Recording(100, 0, noise, seed), From, MostLag).StandardError <= 3 * AlignedSystem.MostErrorSamples);
        }
    }

    /// <summary>A chirp that came back upside down, or later than the board says, is none.</summary>
    [Fact]
    public void A_chirp_of_the_wrong_sign_or_beyond_the_largest_lag_is_not_taken()
    {
        Assert.False(_finder.Find(Recording(100, -1, 0.001, 1), From, MostLag).StandardError <= AlignedSystem.MostErrorSamples);
        Assert.False(_finder.Find(Recording(650, 1, 0.001, 1), From, MostLag).StandardError <= AlignedSystem.MostErrorSamples);
    }

    private static float[] Recording(double lag, double amplitude, double noise, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, From + MostLag + Chirp.Samples + 16).Select(n => (float)((amplitude * Chirp.At(n - From - lag).Value) + (noise == 0 ? 0 : noise * random.NextNormal())))];
    }
}
