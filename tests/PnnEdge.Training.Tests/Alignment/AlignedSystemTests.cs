using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Alignment;

public class AlignedSystemTests
{
    private const int Most = 60;
    private static readonly ShotShape Shot = ShotShape.Throughout(40);

    /// <summary>Of a swing of 1 V: the interpolation's 0.0004, and what a lag of 1e-4 samples does where the answer moves by 0.1 V a sample.</summary>
    private const double Tolerance = 5e-4;

    [Fact]
    public async Task The_answer_stands_where_it_was_asked_for_whatever_the_lag()
    {
        double[] lags = [0, 0.5, 13.37, 41.999, 60];
        LaggingSystem lagging = new(Shot, Most, (shot, _) => lags[shot - 7]);
        IPhysicalSystem aligned = AlignedSystem.Over(lagging);
        Stimulus asked = Batch(lags.Length);
        Measurement measured = await aligned.RunAsync(asked, CancellationToken.None);
        Assert.Equal(asked.Volts, measured.AppliedVolts);
        Assert.Equal(lags.Length, lagging.Played.Count);
        Assert.Equal(lags, ((AlignedSystem)aligned).Lags.Select(lag => lag.Samples), (a, b) => Math.Abs(a - b) < 1e-3);
        AssertIsBench(asked, measured, Tolerance);
    }

    [Fact]
    public async Task A_shot_that_is_read_after_its_drive_is_aligned_too()
    {
        ShotShape shot = ShotShape.LoadThenRead(30, 50);
        Measurement measured = await AlignedSystem.Over(new LaggingSystem(shot, Most, (_, _) => 20.25)).RunAsync(Batch(1, 30), CancellationToken.None);
        double[] expected = LaggingSystem.Bench([.. Batch(1, 30).Volts.Select(volts => (double)volts), .. new double[50]])[30..];
        for (int n = 0; n < 50; n++) { Assert.Equal(expected[n], measured.Volts[n], Tolerance); }
    }

    /// <summary>The wire delays by the converters alone: a bench in the middle, driven as hard as it may be, moves nothing.</summary>
    [Theory]
    [InlineData(0, 1e-3)]
    [InlineData(0.001, 0.01)] // −60 dB between the channels, ten times what the data sheets promise at 1 kHz
    public async Task A_bent_bench_beside_the_wire_does_not_move_the_lag(double crosstalk, double samples)
    {
        foreach (float volts in (float[])[0, 0.1f, 3])
        {
            var aligned = (AlignedSystem)AlignedSystem.Over(new LaggingSystem(Shot, Most, (_, _) => 31.4) { Crosstalk = crosstalk });
            await aligned.RunAsync(new Stimulus(1, 1, [.. Enumerable.Repeat(volts, 40)], []), CancellationToken.None);
            Assert.Equal(31.4, aligned.Lags[0].Samples, samples);
        }
    }

    [Fact]
    public async Task A_shot_whose_chirp_was_not_heard_is_played_again_and_no_other_one()
    {
        LaggingSystem lagging = new(Shot, Most, (_, before) => 10 + (3.3 * before)) { Heard = (shot, before) => shot is 8 or 10 or 11 && before == 0 ? 0 : 1, NoiseVolts = 1e-5 };
        Measurement measured = await AlignedSystem.Over(lagging).RunAsync(Batch(6), CancellationToken.None);
        Assert.Equal([7, 8, 9, 10, 11, 12, 8, 10, 11], lagging.Played.Select(shot => (int)shot));
        AssertIsBench(Batch(6), measured, Tolerance + 1e-4);
    }

    [Fact]
    public async Task A_chirp_that_is_never_heard_is_told_in_one_sentence_after_three_tries()
    {
        LaggingSystem lagging = new(Shot, Most, (_, _) => 10) { Heard = (shot, _) => shot == 8 ? 0 : 1, NoiseVolts = 1e-3 };
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => AlignedSystem.Over(lagging).RunAsync(Batch(3), CancellationToken.None));
        Assert.Contains("lagging#1 did not hear the chirp of 1 of the shots in 3 tries", told.Message, StringComparison.Ordinal);
        Assert.Contains("wired", told.Message, StringComparison.Ordinal);
        Assert.Equal([7, 8, 9, 8, 8], lagging.Played.Select(shot => (int)shot));
    }

    [Fact]
    public async Task A_dead_wire_is_told_in_the_same_words()
    {
        LaggingSystem dead = new(Shot, Most, (_, _) => 10) { Heard = (_, _) => 0 };
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => AlignedSystem.Over(dead).RunAsync(Batch(1), CancellationToken.None));
        Assert.Contains("nothing like it was there", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chirp_in_so_much_noise_that_the_lag_is_uncertain_is_not_taken()
    {
        // Amplitude 0.75 V and 0.3 V of noise: 0.088 × 0.3 / 0.75 = 0.035 samples, above 0.02.
        LaggingSystem noisy = new(Shot, Most, (_, _) => 10) { NoiseVolts = 0.3 };
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => AlignedSystem.Over(noisy).RunAsync(Batch(1), CancellationToken.None));
        Assert.Contains("±0.02 is needed", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_knows_no_lag_is_left_as_it_is()
    {
        await using MixingSystem plain = new(8);
        Assert.Same(plain, AlignedSystem.Over(plain));
    }

    [Theory]
    [InlineData(2, 0, -1)]
    [InlineData(3, 0, 2)]
    [InlineData(2, -1, 1)]
    public void A_lag_that_nobody_could_find_is_told_before_anything_is_played(int count, int bench, int reference)
    {
        ChannelPlaces places = new(count, bench, reference);
        LaggingSystem system = new(Shot, Most, (_, _) => 0) { Lag = new UnknownLag(Most, Shot, places, places) };
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => AlignedSystem.Over(system));
        Assert.Contains("up to 60 samples late", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volt_beyond_the_range_is_refused_before_anything_is_played()
    {
        LaggingSystem lagging = new(Shot, Most, (_, _) => 0);
        Stimulus asked = Batch(1);
        asked.Volts[3] = 3.1f;
        ArgumentOutOfRangeException told = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AlignedSystem.Over(lagging).RunAsync(asked, CancellationToken.None));
        Assert.Contains("shot 0, sample 3", told.Message, StringComparison.Ordinal);
        Assert.Empty(lagging.Played);
    }

    private static Stimulus Batch(int shots, int samples = 40) =>
        new(7, shots, [.. Enumerable.Range(0, shots * samples).Select(i => 2.5f * MathF.Sin(0.31f * i * (1 + (i / samples))))], []);

    private static void AssertIsBench(Stimulus asked, Measurement measured, double tolerance)
    {
        int samples = asked.Volts.Length / asked.Shots;
        for (int s = 0; s < asked.Shots; s++)
        {
            double[] expected = LaggingSystem.Bench([.. asked.Volts.Skip(s * samples).Take(samples).Select(volts => (double)volts)]);
            for (int n = 0; n < samples; n++) { Assert.Equal(expected[n], measured.Volts[(s * samples) + n], tolerance); }
        }
    }
}
