using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Physics.Tests.Plate;

/// <summary>The drives that comparisons are made with, and plates that play them alone.</summary>
internal static class PlateStimuli
{
    public const int Samples = 196;

    /// <summary>Every one reaches ±1 V or 1 V; white noise is the fullest band, a held volt the longest travel of the cone.</summary>
    public static float[] Of(string stimulus, int seed = 1, int samples = Samples) => stimulus switch
    {
        "white ±1 V" => Stimuli.White(seed, samples, 1),
        "0–1 V, half of it 0" => [.. Stimuli.White(seed, samples, 1).Select(volts => Math.Max(volts, 0))],
        "held 1 V" => Stimuli.Constant(samples, 1),
        "white ±1 V, each held 4 samples" => Held(Stimuli.White(seed, samples / 4, 1), 4),
        _ => throw new ArgumentException($"There is no stimulus \"{stimulus}\"."),
    };

    public static float[] Held(float[] drive, int samples) => [.. drive.SelectMany(volts => Enumerable.Repeat(volts, samples))];

    public static double[] Reference(PlateRig rig, float[] drive, int finer = 8)
    {
        double[] node = new double[drive.Length];
        PlateReference.Run(rig, Stimuli.ToDouble(drive), node, finer: finer);
        return node;
    }

    public static double[] Ideal(in PlateParameters parameters, float[] drive)
    {
        var bench = new PlateBench(PlateBenchOptions.Ideal with { Parameters = parameters, Threads = 1 });
        float[] node = new float[drive.Length];
        bench.Run(0, 1, drive.Length, drive, [], node);
        return Stimuli.ToDouble(node);
    }

    public static double RelativeError(IReadOnlyList<double> exact, IReadOnlyList<double> other) =>
        Stimuli.RmsDifference(exact, other) / Stimuli.Rms(exact);
}
