namespace PnnEdge.Physics.Tests.Circuit;

/// <summary>The drives that comparisons are made with; each states what it is.</summary>
internal static class Stimuli
{
    /// <summary>White uniform noise through two one-pole low-passes (time constant 12 samples), scaled to a peak of 3 V: reaches conduction both ways.</summary>
    public static float[] LowPassedBipolar(int seed, int samples = 512) => LowPassed(seed, samples, -3, 3);

    /// <summary>The same noise between 0 and 3 V.</summary>
    public static float[] ZeroToThreeVolts(int seed, int samples = 512) => LowPassed(seed, samples, 0, 3);

    public static float[] White(int seed, int samples, float peakVolts)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => peakVolts * (2 * random.NextSingle() - 1))];
    }

    public static float[] Constant(int samples, float volts) => [.. Enumerable.Repeat(volts, samples)];

    public static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];

    public static double Rms(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));

    public static double RmsDifference(IEnumerable<double> a, IEnumerable<double> b) => Rms(a.Paired(b, (x, y) => x - y));

    private static float[] LowPassed(int seed, int samples, double low, double high)
    {
        var random = new Random(seed);
        double[] smooth = new double[samples];
        double first = 0;
        double second = 0;
        for (int n = 0; n < samples; n++)
        {
            first += (random.NextDouble() - 0.5 - first) / 12;
            second += (first - second) / 12;
            smooth[n] = second;
        }

        double min = smooth.Min();
        double max = smooth.Max();
        return [.. smooth.Select(value => (float)(low + (high - low) * (value - min) / (max - min)))];
    }
}
