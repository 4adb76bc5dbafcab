using MathNet.Numerics.Distributions;
using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

public class ChannelTests
{
    private const double Step = 20.0 / 4096;

    private static Task<ChannelOutcome> MeasureAsync(IPhysicalSystem system, ChannelPath path = ChannelPath.Loopback) => ChannelMeasurement.RunAsync(
        system, ShotShape.Throughout(64), path, new ChannelSettings(), new ShotCounter(100), (_, _, _) => { }, CancellationToken.None);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void What_rounding_leaves_in_a_mean_is_what_integrating_over_a_step_gives(double noiseSteps)
    {
        // The mean reading of a level x steps above a code: Σ k·P(k), here for many x.
        const int Levels = 2000;
        double squares = 0;
        for (int i = 0; i < Levels; i++)
        {
            double x = ((i + 0.5) / Levels) - 0.5, mean = 0;
            for (int k = -6; k <= 6; k++)
            {
                mean += k * (noiseSteps == 0 ? (Math.Round(x) == k ? 1 : 0) : Normal.CDF(x, noiseSteps, k + 0.5) - Normal.CDF(x, noiseSteps, k - 0.5));
            }

            squares += (mean - x) * (mean - x) / Levels;
        }

        Assert.Equal(Math.Sqrt(squares), Quantisation.ResidualSteps(noiseSteps), 2e-6); // the grid's own error
    }

    [Fact]
    public void The_allan_deviation_follows_its_laws_for_drift_and_for_white_noise()
    {
        double[] ramp = [.. Enumerable.Range(0, 64).Select(i => 0.3 * i)];
        foreach (int together in new[] { 1, 2, 4, 8 }) { Assert.Equal(0.3 * together / Math.Sqrt(2), PassSeries.Allan(ramp, together), 1e-12); }
        var random = new SeededRandom(1);
        double[] white = [.. Enumerable.Range(0, 65_536).Select(_ => random.NextNormal())];
        foreach (int together in new[] { 1, 4, 16 })
        {
            // σ/√m, its own scatter 1/√(2·means) and a little for neighbours that share a mean; four of those.
            double law = 1 / Math.Sqrt(together);
            Assert.Equal(law, PassSeries.Allan(white, together), 5 * law / Math.Sqrt(2.0 * white.Length / together));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(5.7)]
    [InlineData(20)]
    public async Task A_delay_is_found_to_a_part_of_a_sample(double delay)
    {
        // Band-limited: what a converter's clock, moved by parts of a sample, makes of samples; windowed after 24 of them.
        double[] Late(float[] shot) => [.. shot.Select((_, i) => shot.Select((v, j) => v * Sinc(i - j - delay)).Sum())];
        var system = new LineSystem(Late, noiseVolts: Step, stepVolts: Step);
        LagResponse lags = (await MeasureAsync(system)).Figures?.Lags
            ?? await LagResponse.MeasureAsync(system, ShotShape.Throughout(64), 0.5, 32, 0, _ => { }, CancellationToken.None);

        // Samples of the sinc outside the 13 lags are missing: 0.02 of a sample where the delay is between two.
        Assert.Equal(delay, lags.DelaySamples.Value, delay == Math.Round(delay) ? 1e-3 : 0.02);

        static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Abs(x) > 24 ? 0 : Math.Sin(Math.PI * x) / (Math.PI * x) * (0.5 + (0.5 * Math.Cos(Math.PI * x / 24)));
    }

    [Theory]
    [InlineData(0.6, true)]
    [InlineData(0.95, false)]
    public async Task A_delay_is_told_only_of_a_response_that_has_faded_at_the_outermost_lags(double keptPerSample, bool isTold)
    {
        double[] Faded(float[] shot)
        {
            double kept = 0;
            return [.. shot.Select(v => kept = (keptPerSample * kept) + ((1 - keptPerSample) * v))];
        }

        var system = new LineSystem(Faded, noiseVolts: Step, stepVolts: Step);
        ChannelOutcome outcome = await MeasureAsync(system, ChannelPath.ThroughBench);
        Uncertain delay = outcome.Required.Lags!.DelaySamples;
        Assert.Equal((isTold, isTold), (double.IsFinite(delay.Value), double.IsFinite(delay.Expanded95)));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(-0.002)]
    public async Task A_leak_of_the_sample_before_is_found_with_its_size(double leak)
    {
        var system = new LineSystem(shot => [.. shot.Select((v, i) => (0.9 * v) + (i > 0 ? leak * shot[i - 1] : 0))], noiseVolts: Step, stepVolts: Step);
        NeighbourTap neighbour = (await MeasureAsync(system)).Required.Lags!.Neighbour;
        Assert.Equal(1, neighbour.Lag);
        Assert.InRange(neighbour.Ratio.Value - (leak / 0.9), -4 * neighbour.Ratio.StandardUncertainty, 4 * neighbour.Ratio.StandardUncertainty);
        Assert.Equal(20 * Math.Log10(Math.Abs(leak / 0.9)), neighbour.Decibels, 0.5); // 4 of the smaller leak's own uncertainties
    }

    [Fact]
    public async Task Readings_that_stand_still_end_the_range_where_they_do_and_leave_the_line_as_it_is()
    {
        LineSystem system = LineSystem.Of(v => Math.Clamp((0.98 * v) + 0.01, -7.3, 4.1), noiseVolts: Step, stepVolts: Step);
        ChannelFigures figures = (await MeasureAsync(system)).Required;
        Assert.Equal((-7.3 - 0.01) / 0.98, figures.Range.DriveVolts.MinVolts, Step); // noise of one level's mean is a tenth of it
        Assert.Equal((4.1 - 0.01) / 0.98, figures.Range.DriveVolts.MaxVolts, Step);
        Assert.Equal(0.98, figures.Line.Gain.Value, 5 * figures.Line.Gain.StandardUncertainty);
        Assert.Equal(0.01, figures.Line.OffsetVolts.Value, 5 * figures.Line.OffsetVolts.StandardUncertainty);
    }

    [Fact]
    public async Task A_gain_that_drifts_during_the_sweep_is_no_nonlinearity()
    {
        // 1 % in 1000 shots. Swept one way only, the readings at a level's time would bow by 1.6 mV: 10 V · 1e-5 · 65 shots · 1/4.
        LineSystem system = new(shot => [.. shot.Select(v => 0.9 * v)]) { Drift = shot => 1 - (1e-5 * shot) };
        var plan = SweepPlan.Over(system.Description.StimulusRange, 1, 65, 16);
        SweepReadings sweep = await SweepReadings.PlayAsync(system, plan, againstMiddle: false, 0, _ => { }, _ => { }, CancellationToken.None);
        var range = UsableRange.Of(sweep, system.Description);
        var line = LineFit.Of(sweep, range, stepVolts: 0);
        Assert.All(line.ResidualVolts, residual => Assert.InRange(residual.Value, -2e-6, 2e-6)); // float32 of 10 V
        Uncertain drift = PassSeries.Of(sweep, range, line).GainPerThousandShots;
        Assert.Equal(-0.01 / (1 - (1e-5 * (plan.Shots - 1) / 2)), drift.Value, 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_input_that_does_not_pass_DC_is_straight_only_where_levels_are_read_against_the_middle(bool againstMiddle)
    {
        // A codec's high-pass of 88 ms at 96 kS/s: a shot of 64 samples loses 0.8 % of a level, a sweep up and down of 87 ms much of it.
        var system = new HighPass(LineSystem.Of(v => 0.9 * v, stepVolts: 20.0 / 65_536), keptPerSample: Math.Exp(-1 / (0.088 * 96_000)));
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, ShotShape.Throughout(64), ChannelPath.Loopback, new ChannelSettings { AgainstMiddle = againstMiddle }, new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        double worst = Math.Abs(outcome.Required.WorstResidualVolts.Value);
        if (againstMiddle)
        {
            Assert.InRange(worst, 0, 20.0 / 65_536); // what a step rounds
            Assert.Equal(0.9, outcome.Required.Line.Gain.Value, 0.9 * 0.008);
            Assert.True(outcome.Required.AgainstMiddle);
        }
        else
        {
            Assert.True(worst > 0.02, $"{worst} V"); // why there is a word for it
        }
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(3, 4096)]
    [InlineData(9, 4096)]
    public async Task A_bit_that_never_changes_is_named(int bit, int codes)
    {
        double step = 20.0 / codes;
        LineSystem system = LineSystem.Of(v => -10 + (step * ((int)Math.Round((v + 10) / step) | (1 << bit))), stepVolts: step);
        ChannelOutcome outcome = await MeasureAsync(system);
        Assert.Equal([bit], Assert.Single(outcome.Words.Converters).StuckBits);
    }

    [Fact]
    public async Task Sound_readings_have_no_stuck_bit_and_all_codes()
    {
        ChannelOutcome outcome = await MeasureAsync(new StepDrive(LineSystem.Of(v => v, noiseVolts: Step, stepVolts: Step), Step));
        Assert.Equal(0, outcome.Words.StuckBits);
        Assert.Equal(12, Assert.Single(outcome.Words.Converters).Changed);
        Assert.Equal(0, outcome.Required.Codes!.Missing);
        Assert.InRange(outcome.Required.Codes.Codes, 3900, 4096); // a level and some noise less at each end
    }

    [Fact]
    public async Task Codes_that_a_converter_skips_are_counted()
    {
        // Every reading of one of five codes is the code above.
        int[] skipped = [100, 2000, 2500, 3000, 3500];
        LineSystem system = LineSystem.Of(v => v, noiseVolts: Step, stepVolts: Step);
        var broken = new StepDrive(system, Step) { Change = v => skipped.Contains((int)Math.Round((v + 10) / Step)) ? v + (float)Step : v };
        Assert.Equal(skipped.Length, (await MeasureAsync(broken)).Required.Codes!.Missing);
    }

    [Fact]
    public async Task Leaks_of_two_static_outputs_that_cancel_are_found_each_alone()
    {
        IReadOnlyList<ActuatorLeak> leaks = await ActuatorLeak.MeasureAsync(new Leaky([0.01, -0.01]), 0, new ShotCounter(0), _ => { }, CancellationToken.None);
        Assert.Equal(["knob 0", "knob 1"], leaks.Select(leak => leak.Actuator));
        Assert.Equal([0.01, -0.01], leaks.Select(leak => Math.Round(leak.Ratio.Value, 6))); // float32 of a volt
    }

    [Fact]
    public async Task A_dead_channel_and_a_deaf_one_are_told_apart_in_a_sentence()
    {
        ChannelOutcome dead = await MeasureAsync(LineSystem.Of(_ => 1.25, stepVolts: Step)), deaf = await MeasureAsync(LineSystem.Of(_ => 1.25, noiseVolts: 5 * Step, stepVolts: Step));
        Assert.Null(dead.Figures);
        Assert.Equal("line#1 reads 1.25 V whatever is played; its input is stuck or not connected.", dead.Deaf);
        Assert.Contains("do not follow what is played", deaf.Deaf, StringComparison.Ordinal);
        Assert.Contains("do not follow what is played", (await MeasureAsync(LineSystem.Of(_ => 1.25, noiseVolts: 0.3), ChannelPath.ThroughBench)).Deaf, StringComparison.Ordinal);

        // Even physics has no slope in the middle, and still answers.
        Assert.NotNull((await MeasureAsync(LineSystem.Of(v => v * v, noiseVolts: 0.01), ChannelPath.ThroughBench)).Figures);
        Assert.Equal(dead.Deaf, Assert.Throws<PhysicalSystemException>(() => dead.Required).Message);
    }

    [Fact]
    public async Task Through_a_bench_the_gain_is_the_slope_at_the_operating_point_and_curvature_is_no_nonlinearity_of_a_converter()
    {
        // The middle of −10 to 10 V: the slope of 3·tanh(v/2) there is 1.5, and 1 V away 8 % less.
        ChannelFigures figures = (await MeasureAsync(LineSystem.Of(v => 3 * Math.Tanh(v / 2), noiseVolts: 0.01, stepVolts: Step), ChannelPath.ThroughBench)).Required;
        Assert.Equal(ChannelPath.ThroughBench, figures.Path);
        Assert.Equal(2, figures.SweepVolts, 1e-6);
        Assert.InRange(figures.Line.Gain.Value, 1.35, 1.5);
        Assert.Null(figures.Codes);
        Assert.Equal(0, figures.OperatingVolts, 1e-6);
    }

    /// <summary>The same system with a drive of steps, and readings that a test may change.</summary>
    private sealed class StepDrive(LineSystem system, double step) : IPhysicalSystem
    {
        public SystemDescription Description { get; } = system.Description with { StimulusStepVolts = step, StimulusRange = new VoltRange(-10, (float)(10 - step)) };

        public Func<float, float> Change { get; init; } = v => v;

        public SystemUsage Usage => default;

        public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            Measurement measured = await system.RunAsync(stimulus, cancellation);
            return measured with { Volts = [.. measured.Volts.Select(Change)] };
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>An input at rest that reads so much of each static output.</summary>
    private sealed class Leaky(double[] leaks) : IPhysicalSystem
    {
        public SystemDescription Description { get; } = new("leaky#1", Simulated: true, 8, 8, 1000, new VoltRange(-1, 1), 0, new VoltRange(-1, 1), [new ActuatorPort("knob", new VoltRange(-1, 1), leaks.Length)]);

        public SystemUsage Usage => default;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation) => Task.FromResult(new Measurement(
            stimulus.FirstShot, stimulus.Shots, stimulus.Volts, stimulus.ActuatorVolts, [.. stimulus.Volts.Select(_ => (float)leaks.Zip(stimulus.ActuatorVolts, (leak, volts) => leak * volts).Sum())]));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A first-order high-pass behind a system, whose state goes on from shot to shot.</summary>
    private sealed class HighPass(IPhysicalSystem system, double keptPerSample) : IPhysicalSystem
    {
        private double _before;
        private double _out;

        public SystemDescription Description => system.Description;

        public SystemUsage Usage => default;

        public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            Measurement measured = await system.RunAsync(stimulus, cancellation);
            return measured with
            {
                Volts = [.. measured.Volts.Select(v =>
                {
                    _out = keptPerSample * (_out + v - _before);
                    _before = v;
                    return (float)_out;
                })],
            };
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
