using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>What a sweep read: shot means, pass by pass, and how much single readings scatter.</summary>
/// <param name="AppliedVolts">[level], V, rising.</param>
/// <param name="MeanVolts">[level][pass], V: mean over the shot's settled samples.</param>
/// <param name="NoiseVolts">[level], V: standard deviation of one reading over passes, pooled over samples.</param>
/// <param name="Shot">[level][pass], the shot's place in the sweep.</param>
/// <param name="Samples">Settled samples of a shot.</param>
/// <param name="DeafSamples">Of those the ones that do not depend on the level, beyond what chance does.</param>
public sealed record SweepReadings(double[] AppliedVolts, double[][] MeanVolts, double[] NoiseVolts, double[][] Shot, int Samples, IReadOnlyList<int> DeafSamples)
{
    public int Passes => MeanVolts[0].Length;

    // Variance between levels against that within them, as F counts it; ours. Chance passes 6 once in a million sweeps.
    private const double SureRatio = 10;

    public double Mean(int level) => MeanVolts[level].Average();

    /// <summary>Readings depend on the level, beyond what chance does.</summary>
    public bool Moves
    {
        get
        {
            double[] means = [.. MeanVolts.Select(row => row.Average())];
            double all = means.Average(), between = Passes * means.Sum(m => (m - all) * (m - all)) / (means.Length - 1);
            double within = MeanVolts.Select((row, l) => row.Sum(v => (v - means[l]) * (v - means[l])) / (Passes - 1)).Average();
            return between > SureRatio * within;
        }
    }

    /// <param name="againstMiddle">Each shot begins at the middle of the range, and its level is read against that: for an input that does not pass DC.</param>
    /// <param name="done">Told the shots played.</param>
    /// <param name="seen">Given every reading, V.</param>
    public static async Task<SweepReadings> PlayAsync(
        IPhysicalSystem system, SweepPlan plan, bool againstMiddle, ulong firstShot, Action<int> done, Action<ReadOnlySpan<float>> seen, CancellationToken cancellation)
    {
        SystemDescription described = system.Description;
        int played = described.StimulusSamples, read = described.MeasurementSamples, from = againstMiddle ? 3 * read / 4 : played == read ? read / 2 : 0;
        int ringing = described.IsInterpolated ? read / 8 : 0, samples = read - ringing - from; // of the edge that comes next
        int rest = againstMiddle ? read / 2 : 0; // samples at the middle, of which the second half is settled
        Range settled = (rest / 2)..Math.Max(rest / 2, rest - ringing);
        double[] applied = new double[plan.Levels];
        double[][] means = Rows(plan), shots = Rows(plan);
        float[][] first = [.. Enumerable.Range(0, plan.Levels).Select(_ => new float[read])];
        double[][] sums = [.. Enumerable.Range(0, plan.Levels).Select(_ => new double[samples])], squares = [.. Enumerable.Range(0, plan.Levels).Select(_ => new double[samples])];
        for (int pass = 0; pass < plan.Passes; pass++)
        {
            float[] volts = new float[plan.Levels * played];
            for (int i = 0; i < plan.Levels; i++)
            {
                volts.AsSpan(i * played, rest).Fill((float)SweepPlan.Centre(described.StimulusRange));
                volts.AsSpan((i * played) + rest, played - rest).Fill(plan.LevelsVolts[plan.LevelAt(pass, i)]);
            }

            int at = pass * plan.Levels;
            Measurement measured = await system.RunAsync(new Stimulus(firstShot + (ulong)at, plan.Levels, volts, ActuatorCentre.Of(described)), cancellation);
            seen(measured.Volts);
            for (int i = 0; i < plan.Levels; i++)
            {
                int level = plan.LevelAt(pass, i);
                ReadOnlySpan<float> shot = measured.Volts.AsSpan(i * read, read);
                if (pass == 0) { shot.CopyTo(first[level]); }
                double sum = 0, middle = againstMiddle ? Mean(shot[settled]) - Mean(first[level].AsSpan(settled)) : 0;
                double zero = againstMiddle ? Mean(shot[settled]) : 0;
                for (int s = 0; s < samples; s++)
                {
                    sum += shot[from + s];
                    double apart = shot[from + s] - (double)first[level][from + s] - middle; // from the first reading: no digits are lost
                    sums[level][s] += apart;
                    squares[level][s] += apart * apart;
                }

                applied[level] = measured.AppliedVolts[((i + 1) * played) - 1];
                means[level][pass] = (sum / samples) - zero;
                shots[level][pass] = at + i;
            }

            done(at + plan.Levels);
        }

        double[] noise = [.. sums.Select((sum, level) => Math.Sqrt(sum.Select((x, s) => (squares[level][s] - (x * x / plan.Passes)) / (plan.Passes - 1)).Average()))];
        return new SweepReadings(applied, means, noise, shots, samples, [.. Enumerable.Range(0, samples).Where(IsDeaf)]);

        bool IsDeaf(int s)
        {
            double[] mean = [.. sums.Select((sum, level) => first[level][from + s] + (sum[s] / plan.Passes))];
            double all = mean.Average(), between = plan.Passes * mean.Sum(m => (m - all) * (m - all)) / (mean.Length - 1);
            return !(between > SureRatio * sums.Select((sum, level) => (squares[level][s] - (sum[s] * sum[s] / plan.Passes)) / (plan.Passes - 1)).Average());
        }
    }

    private static double Mean(ReadOnlySpan<float> volts)
    {
        double sum = 0;
        foreach (float v in volts) { sum += v; }
        return sum / volts.Length;
    }

    private static double[][] Rows(SweepPlan plan) => [.. Enumerable.Range(0, plan.Levels).Select(_ => new double[plan.Passes])];
}

/// <summary>Static outputs while a channel is measured: each at the middle of its range.</summary>
public static class ActuatorCentre
{
    public static float[] Of(SystemDescription system) =>
        [.. system.Actuators.SelectMany(port => Enumerable.Repeat((port.Range.MinVolts + port.Range.MaxVolts) / 2, port.Count))];
}
