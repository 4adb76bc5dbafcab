using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

public class FingerprintTests
{
    private static LineSystem Bench(double gain = 1, double offset = 0, double curve = 0.3, double noise = 0.02, double jitter = 0.005) =>
        new(shot => [.. shot.Select(v => offset + (gain * (v / 4 + (curve * Math.Sin(v)))))], noise, jitter, samples: 32);

    private static Task<Fingerprint> TakeAsync(IPhysicalSystem system, ulong firstShot = 0, ProbeSettings? settings = null) => FingerprintProbe.TakeAsync(
        system, settings ?? new ProbeSettings(), new ShotCounter(firstShot), (_, _, _) => { }, CancellationToken.None);

    private static Task<FingerprintLook> LookAsync(IPhysicalSystem system, Fingerprint kept, ulong firstShot = 1 << 20) =>
        FingerprintProbe.LookAsync(system, kept, new ShotCounter(firstShot), CancellationToken.None);

    [Fact]
    public async Task The_same_bench_is_refused_no_more_often_than_stated_and_not_a_great_deal_less()
    {
        // Nothing is allowed but noise, a fifth of which every shot has as one factor, so that outputs of a shot move together.
        const double Stated = 0.1;
        const int Calibrations = 40, Looks = 10;
        var settings = new ProbeSettings { Allowed = new AllowedDrift(0, 0), FalseAlarms = Stated, ProbeShots = 4, Repeats = 32, LookRepeats = 16 };
        int alarms = 0;
        for (int c = 0; c < Calibrations; c++)
        {
            LineSystem bench = Bench();
            Fingerprint kept = await TakeAsync(bench, (ulong)c << 30, settings);
            Assert.InRange(kept.EffectiveOutputs, 4, 127); // of 128: neither all together nor all alone
            for (int l = 0; l < Looks; l++) { alarms += (await LookAsync(bench, kept, ((ulong)c << 30) + (1 << 20) + ((ulong)l << 12))).Fits ? 0 : 1; }
        }

        // 400 looks; those at one calibration share its noise, which makes about 4 of 10 independent: σ of the count is 1.6 times the binomial 6. Three of them.
        Assert.InRange(alarms, 1, (int)(Stated * Calibrations * Looks) + 29);
        Assert.True(alarms >= 8, $"Of 400 looks {alarms} were alarms; a law that is right on average gives 40 where its three parts share them."); // a fifth of what is stated
    }

    [Theory]
    [InlineData(1.01, true)]
    [InlineData(0.99, true)]
    [InlineData(1.05, false)]
    [InlineData(0.94, false)]
    public async Task A_gain_beyond_what_is_allowed_is_refused_with_its_size(double gain, bool fits)
    {
        FingerprintLook look = await LookAsync(Bench(gain), await TakeAsync(Bench()));
        Assert.Equal(fits, look.Fits);
        Assert.Equal(gain - 1, look.GainOff, 2e-3); // jitter of 0.5 % in 8 shots, 32 and 64 times: 0.04 %; five of those
        Assert.True(look.Widths < look.MostWidths, "A gain is no shape.");
        if (!fits) { Assert.Contains($"its gain is {100 * look.GainOff:+0.##;-0.##} % off (at most {100 * look.MostGain:0.##} %)", look.Told, StringComparison.Ordinal); }
    }

    [Fact]
    public async Task An_offset_is_told_in_spreads_and_the_shape_in_widths()
    {
        Fingerprint kept = await TakeAsync(Bench(noise: 1e-4, jitter: 0));
        FingerprintLook moved = await LookAsync(Bench(offset: 0.1, noise: 1e-4, jitter: 0), kept), bent = await LookAsync(Bench(curve: 0.36, noise: 1e-4, jitter: 0), kept);
        Assert.Equal(0.1 / kept.SpreadVolts, moved.OffsetOff, 1e-4);
        Assert.False(moved.Fits);
        Assert.StartsWith("its offset is +", moved.Told, StringComparison.Ordinal);

        // Without noise a width is the allowed 1 % of the spread; what is left of the bend after its own gain and offset, by an ordinary fit.
        double[] before = kept.MeanVolts, after = (await TakeAsync(Bench(curve: 0.36, noise: 1e-4, jitter: 0))).MeanVolts;
        Assert.Equal(Left(after, before) / (0.01 * kept.SpreadVolts), bent.Widths, 0.01 * bent.Widths); // noise of 1e-4 V beside
        Assert.False(bent.Fits);
        Assert.Contains("the shape of its answers is", bent.Told, StringComparison.Ordinal);
    }

    private static double Left(double[] y, double[] x)
    {
        double mx = x.Average(), my = y.Average(), gain = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
        return Math.Sqrt(x.Zip(y, (a, b) => Math.Pow(b - my - (gain * (a - mx)), 2)).Average());
    }

    [Fact]
    public void The_trace_of_the_squared_covariance_is_right_on_average_with_fewer_repeats_than_outputs()
    {
        // Two shots of 12 outputs with noise σ² on each and b² shared: tr C² = 2·(12·(σ²+b²)² + 132·b⁴).
        const int Samples = 12, Repeats = 6, Trials = 4000;
        const double Own = 1, Shared = 0.7;
        double law = 2 * ((Samples * Math.Pow((Own * Own) + (Shared * Shared), 2)) + (Samples * (Samples - 1) * Math.Pow(Shared, 4)));
        var random = new SeededRandom(3);
        double[] estimates = new double[Trials], one = [.. Enumerable.Repeat(1.0, 2 * Samples)];
        for (int trial = 0; trial < Trials; trial++)
        {
            float[][] volts = [.. Enumerable.Range(0, Repeats).Select(_ => Enumerable.Range(0, 2).SelectMany(_ =>
            {
                double together = Shared * random.NextNormal();
                return Enumerable.Range(0, Samples).Select(_ => (float)(together + (Own * random.NextNormal()))).ToArray();
            }).ToArray())];
            estimates[trial] = new ProbeAnswers(volts, 2).TraceOfSquare(one);
        }

        double mean = estimates.Average(), error = Math.Sqrt(estimates.Sum(e => (e - mean) * (e - mean)) / (Trials - 1) / Trials);
        Assert.InRange(mean - law, -4 * error, 4 * error);
        Assert.True(error < 0.05 * law, "The mean of the trials is known well enough to tell.");
    }

    [Fact]
    public async Task A_bench_that_answers_nothing_has_no_fingerprint()
    {
        PhysicalSystemException refused = await Assert.ThrowsAsync<PhysicalSystemException>(() => TakeAsync(new LineSystem(shot => new double[shot.Length])));
        Assert.Equal("line#1 answers 0 V whatever is played; there is nothing to know it by.", refused.Message);
    }

    [Fact]
    public async Task A_reading_that_is_not_a_number_does_not_fit()
    {
        Fingerprint kept = await TakeAsync(Bench());
        double[] broken = [.. kept.MeanVolts];
        broken[3] = double.NaN;
        Assert.False(kept.Look(broken).Fits);
    }

    [Fact]
    public void A_bench_is_unlike_another_by_the_first_thing_that_differs_and_not_by_its_name_or_a_dark_level()
    {
        SystemDescription one = Bench().Description with { MeasurementStepVolts = 0.01, Actuators = [new ActuatorPort("bias", new VoltRange(-1, 1))] };
        BenchIdentity kept = BenchIdentity.Of(one);
        string? Unlike(SystemDescription other) => kept.Unlike(BenchIdentity.Of(other));
        Assert.Null(Unlike(one));
        Assert.Null(Unlike(one with { Name = "other#2", MeasurementRange = new VoltRange(-10.1f, 10.1f) })); // 0.5 % of 20 V
        Assert.Equal("samples at 96,000.5 Hz, not 1,000 Hz", Unlike(one with { SampleRateHz = 96_000.5 }));
        Assert.Equal("plays 0 to 5 V, not -10 to 10 V", Unlike(one with { StimulusRange = new VoltRange(0, 5) }));
        Assert.Equal("reads -5 to 5 V, not -10 to 10 V", Unlike(one with { MeasurementRange = new VoltRange(-5, 5) }));
        Assert.Equal("reads in steps of 0.02 V, not 0.01 V", Unlike(one with { MeasurementStepVolts = 0.02 }));
        Assert.Equal("has no actuator, not actuator bias (-1 to 1 V)", Unlike(one with { Actuators = [] }));
    }
}
