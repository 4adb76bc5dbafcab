using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>100 pixels loaded with random amplitudes in [0, 1], 50 bins read.</summary>
internal static class SecondHarmonicSystem
{
    private const int Pixels = 100;
    private const int Samples = 150;

    public static SimulatedSystem Describe() => new(
        "shg",
        Samples,
        DriveVolts,
        threads => new SecondHarmonicBench(new SecondHarmonicBenchOptions { Seed = 1, Threads = threads }),
        new SecondHarmonicBench(SecondHarmonicBenchOptions.Ideal),
        ActuatorVolts: [],
        new PythonRival("numpy", "shg_numpy.py", SecondHarmonicParameters.Nominal),
        RivalShots: 256,
        LargestError: 1e-5, // single precision against double
        LeastRatio: 5); // numpy on OpenBLAS, 7.4 to 9.5 seen; on Debian's reference BLAS it is three to four times slower

    /// <summary>Depletion and dispersion too, in as many z-steps as the rival's.</summary>
    public static SimulatedSystem DescribeFull() => new(
        "shg-full",
        Samples,
        DriveVolts,
        threads => new SecondHarmonicBench(new SecondHarmonicBenchOptions { Seed = 1, Threads = threads, Crystal = CrystalEquations.Full }),
        new SecondHarmonicBench(SecondHarmonicBenchOptions.Ideal with { Crystal = CrystalEquations.Full }),
        ActuatorVolts: [],
        new PythonRival("numpy", "shg_full_numpy.py", new { Parameters = SecondHarmonicParameters.Nominal, Steps = SecondHarmonicBench.CrystalSteps }),
        RivalShots: 128,
        LargestError: 1e-5, // single precision against double
        LeastRatio: 7);

    private static float[] DriveVolts(int shots)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, shots * Samples).Select(n => n % Samples < Pixels ? random.NextSingle() : 0f)];
    }
}
