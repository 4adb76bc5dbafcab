namespace PnnEdge.Training.Calibration;

/// <summary>How gain and offset move from pass to pass of a sweep.</summary>
/// <param name="GainPerThousandShots">Relative change of the gain, 1 per 1000 shots.</param>
/// <param name="OffsetVoltsPerThousandShots">Change of the readings' mean, V per 1000 shots.</param>
/// <param name="AllanShots">[point], averaging time in shots.</param>
/// <param name="AllanVolts">[point], V: Allan deviation of the passes' means; falls with the square root of the time while noise is white, rises where drift is.</param>
public sealed record PassSeries(Uncertain GainPerThousandShots, Uncertain OffsetVoltsPerThousandShots, double[] AllanShots, double[] AllanVolts)
{
    public static PassSeries Of(SweepReadings sweep, UsableRange range, LineFit line)
    {
        double[] x = sweep.AppliedVolts[range.FirstLevel..(range.LastLevel + 1)];
        double centre = x.Average(), spread = x.Sum(v => (v - centre) * (v - centre));
        double shotsPerPass = sweep.AppliedVolts.Length, thousands = shotsPerPass / 1000;
        double[] mean = new double[sweep.Passes], gain = new double[sweep.Passes];
        for (int p = 0; p < sweep.Passes; p++)
        {
            for (int l = 0; l < x.Length; l++)
            {
                double read = sweep.MeanVolts[range.FirstLevel + l][p];
                mean[p] += read / x.Length;
                gain[p] += read * (x[l] - centre) / spread;
            }
        }

        List<double> shots = [], volts = [];
        for (int together = 1; sweep.Passes / together >= 3; together *= 2)
        {
            shots.Add(together * shotsPerPass);
            volts.Add(Allan(mean, together));
        }

        return new PassSeries(Slope(gain).Times(1 / (thousands * line.Gain.Value)), Slope(mean).Times(1 / thousands), [.. shots], [.. volts]);
    }

    /// <summary>Allan deviation of neighbouring means, without overlap (IEEE 1139).</summary>
    internal static double Allan(ReadOnlySpan<double> series, int together)
    {
        int means = series.Length / together;
        double sum = 0, before = 0;
        for (int i = 0; i < means; i++)
        {
            double mean = 0;
            foreach (double v in series.Slice(i * together, together)) { mean += v / together; }
            if (i > 0) { sum += (mean - before) * (mean - before); }
            before = mean;
        }

        return Math.Sqrt(sum / (2 * (means - 1)));
    }

    // Per pass; with two passes there is no scatter to take an uncertainty from.
    private static Uncertain Slope(double[] series)
    {
        double centre = (series.Length - 1) / 2.0, mean = series.Average(), spread = 0, cross = 0;
        for (int p = 0; p < series.Length; p++)
        {
            spread += (p - centre) * (p - centre);
            cross += (p - centre) * (series[p] - mean);
        }

        double slope = cross / spread, free = series.Length - 2;
        double squares = series.Select((v, p) => Math.Pow(v - mean - (slope * (p - centre)), 2)).Sum();
        return free < 1 ? new Uncertain(slope, double.PositiveInfinity, 1) : new Uncertain(slope, Math.Sqrt(squares / free / spread), free);
    }
}
