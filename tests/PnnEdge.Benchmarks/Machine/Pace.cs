namespace PnnEdge.Benchmarks.Machine;

/// <summary>What one repetition takes.</summary>
internal readonly record struct Pace(double CpuSeconds, double WallSeconds)
{
    /// <summary>Repeats until it has worked that long, waiting for the machine apart.</summary>
    public static Pace Of(Action repetition, double leastCpuSeconds)
    {
        Clock clock = Clock.Start();
        int times = 0;
        do
        {
            repetition();
            times++;
        }
        while (clock.CpuSeconds < leastCpuSeconds);
        return new Pace(clock.CpuSeconds / times, clock.WallSeconds / times);
    }

    /// <summary>One figure after the other.</summary>
    public static Pace Median(IReadOnlyList<Pace> paces) => new(Median(paces.Select(pace => pace.CpuSeconds)), Median(paces.Select(pace => pace.WallSeconds)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
