using MathNet.Numerics.Distributions;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Loopback;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.Wire;

namespace PnnEdge.VirtualDevice.Tests.Calibration;

/// <summary>Units with seeded errors of gain, offset and linearity, behind the firmware and 12-bit codes: what is measured of them against what they are.</summary>
public sealed class RecoveryTests(RecoveryTests.Units units) : IClassFixture<RecoveryTests.Units>
{
    private const double Likely = 0.001; // two-sided, of a binomial count; with fixed seeds a test is right or wrong for good

    /// <summary>So many units, each measured once and each with its truth.</summary>
    public sealed class Units : IAsyncLifetime
    {
        public const int Count = 40;

        internal List<(ChannelFigures Measured, Truth Truth)> All { get; } = [];

        public async ValueTask InitializeAsync()
        {
            for (uint serial = 1; serial <= Count; serial++) { All.Add(await MeasureAsync(serial)); }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>The line closest to the unit's own law at the levels that were used, and its distance from it there.</summary>
    internal sealed record Truth(double Gain, double OffsetVolts, double[] ResidualVolts, double NoiseVolts);

    private static async Task<(ChannelFigures, Truth)> MeasureAsync(uint serial)
    {
        LoopbackBenchOptions options = new() { Serial = serial, Seed = serial * 77, Threads = 1, GainDriftRms = 0, OffsetDriftVoltsRms = 0 };
        var unit = ConverterUnit.Of(serial);
        await using var system = new InProcessSystem(
            VirtualBoards.Loopback(serial), new LoopbackBench(options), VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(64), InjectedFaults.None, TimeProvider.System, unit: unit);
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, ShotShape.Throughout(64), ChannelPath.Loopback, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        return (outcome.Required, TruthOf(unit, options, outcome.Required.AppliedVolts));
    }

    private static Truth TruthOf(ConverterUnit unit, LoopbackBenchOptions options, double[] x)
    {
        var scale = new VoltScale(-10, 10, 12);
        double[] y = [.. x.Select(v => unit.Drive.Volts(v, -10, 10, scale.StepVolts))];
        float[] through = new float[x.Length];
        new LoopbackBench(options with { Noise = OutputNoise.None }).Run(0, 1, x.Length, [.. y.Select(v => (float)v)], [], through); // float32: 0.5 µV of 10 V
        y = [.. through.Select(v => unit.Sense.Volts(v, -10, 10, scale.StepVolts))];
        double mx = x.Average(), my = y.Average(), gain = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx)), offset = my - (gain * mx);
        double noise = unit.Sense.Gain * options.Noise.VoltsRms; // the bow's slope changes it by less than 0.1 %
        return new Truth(gain, offset, [.. x.Zip(y, (a, b) => b - offset - (gain * a))], Math.Sqrt((noise * noise) + (scale.StepVolts * scale.StepVolts / 12)));
    }

    private void Covers(Func<ChannelFigures, Truth, bool> holds, string what)
    {
        int hits = units.All.Count(unit => holds(unit.Measured, unit.Truth));
        Assert.True(Binomial.CDF(0.95, Units.Count, hits) > Likely, $"{what}: the truth lies inside the 95 % interval for {hits} of {Units.Count} units.");
    }

    [Fact]
    public void The_true_gain_lies_inside_the_stated_interval_as_often_as_stated() => Covers((m, t) => m.Line.Gain.Holds(t.Gain), "gain");

    [Fact]
    public void The_true_offset_lies_inside_the_stated_interval_as_often_as_stated() => Covers((m, t) => m.Line.OffsetVolts.Holds(t.OffsetVolts), "offset");

    [Fact]
    public void The_true_noise_lies_inside_the_stated_interval_as_often_as_stated() => Covers((m, t) => m.Noise.LowVolts <= t.NoiseVolts && t.NoiseVolts <= m.Noise.HighVolts, "noise");

    [Fact]
    public void No_latency_lies_inside_the_stated_interval_as_often_as_stated() => Covers((m, _) => m.Lags!.DelaySamples.Holds(0), "latency");

    [Fact]
    public void The_true_nonlinearity_lies_inside_the_stated_interval_at_95_percent_of_all_levels()
    {
        int levels = 0, hits = 0;
        foreach ((ChannelFigures measured, Truth truth) in units.All)
        {
            for (int l = 0; l < truth.ResidualVolts.Length; l++, levels++) { hits += measured.Line.ResidualVolts[l].Holds(truth.ResidualVolts[l]) ? 1 : 0; }
        }

        // Residuals of one unit are hardly correlated (two of 65 degrees of freedom are taken): the binomial σ is 0.43 % of 2,600 levels. Four of them.
        Assert.InRange((double)hits / levels, 0.95 - 0.0172, 0.95 + 0.0172);
    }

    [Fact]
    public void Intervals_are_as_narrow_as_the_noise_allows()
    {
        foreach ((ChannelFigures measured, Truth truth) in units.All)
        {
            // σ/√(readings of all levels) over the levels' spread, the law of a line's slope; Student's t and 5 % for scatter of the estimate.
            double readings = measured.AppliedVolts.Length * 16.0 * measured.SettledSamples, spread = Math.Sqrt(measured.AppliedVolts.Average(v => v * v));
            Assert.InRange(measured.Line.Gain.Expanded95, 0, 1.35 * 1.96 * truth.NoiseVolts / Math.Sqrt(readings) / spread);
            Assert.True(Math.Abs(truth.Gain - 1) > 3 * measured.Line.Gain.Expanded95 || Math.Abs(truth.OffsetVolts) > 3 * measured.Line.OffsetVolts.Expanded95, "This unit's errors stand out of the interval.");
        }
    }

    [Fact]
    public void Units_differ_and_one_serial_is_one_unit()
    {
        Assert.Equal(Units.Count, units.All.Select(unit => unit.Truth.Gain).Distinct().Count());
        Assert.Equal(ConverterUnit.Of(3).Sense.BowSteps, ConverterUnit.Of(3).Sense.BowSteps);
        Assert.Equal(0.7, ConverterError.None.Volts(0.7, -10, 10, 0.005));
        ConverterError sense = ConverterUnit.Of(5).Sense;
        Assert.Equal(sense.Gain * 10 + (sense.OffsetSteps * 0.005), sense.Volts(10, -10, 10, 0.005), 1e-9); // no bow at the ends
        Assert.NotEqual(sense.Gain * 3 + (sense.OffsetSteps * 0.005), sense.Volts(3, -10, 10, 0.005), 1e-4);
    }
}
