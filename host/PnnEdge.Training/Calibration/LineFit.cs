namespace PnnEdge.Training.Calibration;

/// <summary>
/// The straight line closest to a sweep, by least squares ("independently based" gain and offset of IEEE 1241), and what the readings differ by from it.
/// </summary>
/// <remarks>
/// Uncertainties are of pure repetition: every level's own scatter over passes, through the weights with which its mean enters (so noise that grows with the level is
/// taken as it is), and what rounding leaves in the means. Nonlinearity is no uncertainty of the line: the line is defined as the closest one at these levels.
/// </remarks>
/// <param name="Gain">Volts read per volt played.</param>
/// <param name="OffsetVolts">Read at 0 V played, on the line, V.</param>
/// <param name="DriftVoltsPerShot">Linear change over the sweep, taken out, V per shot.</param>
/// <param name="ResidualVolts">[level], V: reading less line.</param>
/// <param name="ResidualShare">Of the readings' variance over levels that the line leaves, 0 to 1.</param>
public sealed record LineFit(Uncertain Gain, Uncertain OffsetVolts, Uncertain DriftVoltsPerShot, Uncertain[] ResidualVolts, double ResidualShare)
{
    /// <param name="range">Whose levels count.</param>
    /// <param name="stepVolts">Of the measuring converter, V; 0 when it does not round.</param>
    public static LineFit Of(SweepReadings sweep, UsableRange range, double stepVolts)
    {
        int levels = range.Levels, passes = sweep.Passes;
        if (levels < 3) { throw new ArgumentException($"A line and its residuals need 3 levels that follow the drive; {levels} do."); }
        double[] x = sweep.AppliedVolts[range.FirstLevel..(range.LastLevel + 1)];
        double[][] y = sweep.MeanVolts[range.FirstLevel..(range.LastLevel + 1)], t = sweep.Shot[range.FirstLevel..(range.LastLevel + 1)];
        Uncertain drift = Drift(y, t);
        double middle = t.Average(row => row.Average());
        double[] mean = [.. y.Select((row, l) => row.Average() - (drift.Value * (t[l].Average() - middle)))];
        double[] variance = [.. y.Select((row, l) => row.Select((v, p) => v - row.Average() - (drift.Value * (t[l][p] - t[l].Average()))).Sum(r => r * r) / (passes - 1))];
        double[] rounding = [.. sweep.NoiseVolts[range.FirstLevel..(range.LastLevel + 1)].Select(noise => Math.Pow(Quantisation.ResidualVolts(noise, stepVolts), 2))];

        double centre = x.Average(), spread = x.Sum(v => (v - centre) * (v - centre));
        double[] forGain = [.. x.Select(v => (v - centre) / spread)];
        double[] forOffset = [.. forGain.Select(c => (1.0 / levels) - (centre * c))];
        Uncertain gain = Weighed(forGain), offset = Weighed(forOffset);
        Uncertain[] residual = [.. Enumerable.Range(0, levels).Select(l => Weighed([.. Enumerable.Range(0, levels).Select(j => (j == l ? 1 : 0) - forOffset[j] - (x[l] * forGain[j]))]))];
        double all = mean.Sum(v => Math.Pow(v - mean.Average(), 2));
        return new LineFit(gain, offset, drift, residual, all == 0 ? 1 : residual.Sum(r => r.Value * r.Value) / all);

        Uncertain Weighed(double[] weights) => Uncertain.Sum(weights.Zip(mean, (w, v) => w * v).Sum(), weights, variance, passes)
            .With(Math.Sqrt(weights.Zip(rounding, (w, v) => w * w * v).Sum()));
    }

    /// <summary>What the readings differ by from the line through the first and the last level, V: the largest.</summary>
    public double EndPointVolts
    {
        get
        {
            double first = ResidualVolts[0].Value, last = ResidualVolts[^1].Value;
            return ResidualVolts.Select((r, l) => Math.Abs(r.Value - first - ((last - first) * l / (ResidualVolts.Length - 1)))).Max(); // levels are evenly spaced
        }
    }

    // The slope over time that all levels share, each around its own mean.
    private static Uncertain Drift(double[][] y, double[][] t)
    {
        double cross = 0, spread = 0, squares = 0;
        Each((v, at) => { cross += v * at; spread += at * at; });
        double slope = cross / spread;
        Each((v, at) => squares += Math.Pow(v - (slope * at), 2));
        double free = (y.Length * (y[0].Length - 1)) - 1;
        return new Uncertain(slope, Math.Sqrt(squares / free / spread), free);

        void Each(Action<double, double> point)
        {
            for (int l = 0; l < y.Length; l++)
            {
                double mean = y[l].Average(), middle = t[l].Average();
                for (int p = 0; p < y[l].Length; p++) { point(y[l][p] - mean, t[l][p] - middle); }
            }
        }
    }
}
