using PnnEdge.Physics.Circuit;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>784 samples, as an image's pixels: low-passed noise of ±3 V, into the channel's and the body diode's conduction.</summary>
internal static class CircuitSystem
{
    private const int Samples = 784;

    public static SimulatedSystem Describe() => new(
        "circuit",
        Samples,
        DriveVolts,
        threads => new CircuitBench(new CircuitBenchOptions { Seed = 1, Threads = threads }),
        new CircuitBench(CircuitBenchOptions.Ideal),
        ActuatorVolts: [0f],
        new NgspiceRival(CircuitParameters.Nominal),
        RivalShots: 1,
        LargestError: 1e-3,
        LeastRatio: 1000);

    // Two one-pole low-passes of 12 samples, each shot scaled to ±3 V.
    private static float[] DriveVolts(int shots) => [.. Enumerable.Range(0, shots).SelectMany(shot =>
    {
        var random = new Random(shot);
        double first = 0;
        double second = 0;
        double[] smooth = new double[Samples];
        for (int n = 0; n < Samples; n++)
        {
            first += (random.NextDouble() - 0.5 - first) / 12;
            second += (first - second) / 12;
            smooth[n] = second;
        }

        double peak = smooth.Max(Math.Abs);
        return smooth.Select(value => (float)(3 * value / peak));
    })];
}
