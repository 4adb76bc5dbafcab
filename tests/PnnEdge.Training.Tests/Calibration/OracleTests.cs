using System.Globalization;
using System.Text.Json;
using PnnEdge.Interchange.Tests;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

/// <summary>The estimators against numpy and scipy.</summary>
public sealed class OracleTests : IDisposable
{
    private const double Digits = 1e-9; // double precision less what sums over hundreds of terms lose

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private double[] Ask(object question)
    {
        string path = _folder.File("question.json");
        File.WriteAllText(path, JsonSerializer.Serialize(question));
        return [.. PythonScript.Run("calibration.py", path).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static void Same(double expected, double actual) => Assert.Equal(expected, actual, Digits * Math.Max(1e-6, Math.Abs(expected)));

    [Fact]
    public async Task Gain_offset_and_their_uncertainties_are_those_of_numpy()
    {
        LineSystem system = LineSystem.Of(v => (0.97 * v) + 0.02 + (1e-4 * v * v), noiseVolts: 0.01);
        var plan = SweepPlan.Over(system.Description.StimulusRange, 1, 33, 8);
        SweepReadings sweep = await SweepReadings.PlayAsync(system, plan, againstMiddle: false, 5, _ => { }, _ => { }, CancellationToken.None);
        UsableRange range = UsableRange.Of(sweep, system.Description);
        LineFit line = LineFit.Of(sweep, range, stepVolts: 0);

        // What drifted is not in question here: the same drift is taken out before numpy sees the readings.
        double[][] still = [.. sweep.MeanVolts.Select((row, l) => row.Select((v, p) => v - (line.DriftVoltsPerShot.Value * (sweep.Shot[l][p] - ((plan.Shots - 1) / 2.0)))).ToArray())];
        still = still[range.FirstLevel..(range.LastLevel + 1)];
        double[] x = sweep.AppliedVolts[range.FirstLevel..(range.LastLevel + 1)], means = [.. still.Select(row => row.Average())];
        double[] variances = [.. still.Select(row => row.Sum(v => Math.Pow(v - row.Average(), 2)) / (row.Length - 1))];
        double[] numpy = Ask(new { kind = "line", x, means, variances, repeats = sweep.Passes });
        Same(numpy[0], line.Gain.Value);
        Same(numpy[1], line.OffsetVolts.Value);
        Same(numpy[2], line.Gain.StandardUncertainty);
        Same(numpy[3], line.OffsetVolts.StandardUncertainty);

        // With equal variances numpy's own covariance is the same formula: σ of a mean times its unscaled one. Scatter of 33 variances with 7 degrees of freedom: 10 %.
        double sigma = 0.01 / Math.Sqrt(sweep.Samples * sweep.Passes);
        Assert.Equal(sigma * numpy[4], line.Gain.StandardUncertainty, 0.2 * sigma * numpy[4]);
        Assert.Equal(sigma * numpy[5], line.OffsetVolts.StandardUncertainty, 0.2 * sigma * numpy[5]);
    }

    [Fact]
    public void Quantiles_are_those_of_scipy()
    {
        double[] p = [0.025, 0.5, 0.9, 0.975, 0.9999, 0.999999], dof = [3, 7.3, 31, 500, 18_720, 2.5];
        double[] scipy = Ask(new { kind = "quantiles", p, dof });
        for (int i = 0; i < p.Length; i++)
        {
            Assert.Equal(scipy[i], Uncertain.StudentQuantile(p[i], dof[i]), 1e-6 * Math.Max(1, Math.Abs(scipy[i]))); // both solve for their root
            Assert.Equal(scipy[p.Length + i], Uncertain.ChiSquareQuantile(p[i], dof[i]), 1e-6 * scipy[p.Length + i]);
        }
    }

    [Fact]
    public async Task The_response_at_lags_is_that_of_numpy()
    {
        var system = new LineSystem(shot => [.. shot.Select((v, i) => (0.9 * v) + (i >= 1 ? 0.05 * shot[i - 1] : 0) - (i >= 3 ? 0.02 * shot[i - 3] : 0))], noiseVolts: 0.05);
        Measurement? seen = null;
        var tap = new Tap(system, m => seen = m);
        LagResponse lags = await LagResponse.MeasureAsync(tap, ShotShape.Throughout(64), 0.5, 4, 1, _ => { }, CancellationToken.None);
        var design = new List<double[]>();
        var y = new List<double>();
        for (int shot = 0; shot < 4; shot++)
        {
            for (int i = 0; i < 64; i++)
            {
                if (i - lags.FirstLag >= 64 || i - (lags.FirstLag + lags.Taps.Length - 1) < 0) { continue; }
                design.Add([.. Enumerable.Range(0, lags.Taps.Length).Select(k => (double)seen!.AppliedVolts[(shot * 64) + i - lags.FirstLag - k]), 1]);
                y.Add(seen!.Volts[(shot * 64) + i]);
            }
        }

        double[] numpy = Ask(new { kind = "taps", design, y });
        for (int k = 0; k < lags.Taps.Length; k++)
        {
            Assert.Equal(numpy[k], lags.Taps[k].Value, 1e-9); // normal equations against a singular value decomposition
            Assert.Equal(numpy[lags.Taps.Length + 1 + k], lags.Taps[k].StandardUncertainty, 1e-9);
        }
    }

    private sealed class Tap(IPhysicalSystem system, Action<Measurement> seen) : IPhysicalSystem
    {
        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            Measurement measured = await system.RunAsync(stimulus, cancellation);
            seen(measured);
            return measured;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
