using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Plate;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>196 samples, as a shrunken image's pixels: white noise of ±1 V at the amplifier, 2 ms of sound.</summary>
internal static class PlateSystem
{
    private const int Samples = 196;

    public static SimulatedSystem Describe() => new(
        "plate",
        Samples,
        DriveVolts,
        threads => new PlateBench(new PlateBenchOptions { Seed = 1, Threads = threads }),
        new PlateBench(PlateBenchOptions.Ideal),
        ActuatorVolts: [],
        new PythonRival("scipy", "plate_scipy.py", PlateQuestion.Of(PlateParameters.Nominal)),
        RivalShots: 256,
        LargestError: 1e-3,
        LeastRatio: 50);

    private static float[] DriveVolts(int shots)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, shots * Samples).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
