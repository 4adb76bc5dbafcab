namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>What the pixels are loaded with; each states what it is.</summary>
internal static class Amplitudes
{
    public const int Pixels = 100;
    public const int Bins = 50;
    public const int Samples = Pixels + Bins;

    /// <summary>[pixel], every one the same.</summary>
    public static double[] All(double amplitude) => [.. Enumerable.Repeat(amplitude, Pixels)];

    /// <summary>[pixel], white and uniform in [0, 1).</summary>
    public static double[] Random(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Pixels).Select(_ => random.NextDouble())];
    }

    /// <summary>[shot, sample], V: white and uniform in [0, 1) while the pixels load, 0 at rest.</summary>
    public static float[] RandomShots(int seed, int shots)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shots * Samples).Select(n => n % Samples < Pixels ? random.NextSingle() : 0)];
    }

    /// <summary>[pixel] of one of a batch's shots.</summary>
    public static double[] OfShot(float[] drive, int shot) => [.. drive.Skip(shot * Samples).Take(Pixels).Select(volts => (double)volts)];

    /// <summary>[bin] of one of a batch's shots.</summary>
    public static double[] BinsOf(float[] node, int shot) => [.. node.Skip(shot * Samples + Pixels).Take(Bins).Select(volts => (double)volts)];

    public static double LargestDifference(IEnumerable<double> a, IEnumerable<double> b) => a.Paired(b, (x, y) => Math.Abs(x - y)).Max();

    public static double Rms(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));
}
