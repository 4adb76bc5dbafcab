using PnnEdge.Physics.Oscillators;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>206 oscillators with couplings of the size that training has, released from random amplitudes within ±1.5 rad.</summary>
internal static class OscillatorSystem
{
    private static readonly int Count = OscillatorParameters.Nominal.Count;

    public static SimulatedSystem Describe()
    {
        var random = new Random(1);
        double reach = 1 / Math.Sqrt(Count);
        float[] coupling = [.. Enumerable.Range(0, OscillatorActuators.CouplingCount(Count)).Select(_ => (float)(reach * (random.NextDouble() + random.NextDouble() - 1)))];
        float[] force = [.. Enumerable.Range(0, Count).Select(_ => (float)(reach * (2 * random.NextDouble() - 1)))];
        return new SimulatedSystem(
            "oscillators",
            2 * Count,
            DriveVolts,
            threads => new OscillatorBench(new OscillatorBenchOptions { Seed = 1, Threads = threads }),
            new OscillatorBench(OscillatorBenchOptions.Ideal),
            ActuatorVolts: [.. coupling, .. force],
            new PythonRival("scipy", "oscillators_scipy.py", new
            {
                Count,
                OscillatorParameters.Nominal.Nonlinearity,
                OscillatorParameters.Nominal.DurationRadians,
                Coupling = coupling,
                Force = force,
            }),
            RivalShots: 256,
            LargestError: 1e-3,
            LeastRatio: 2); // scipy on OpenBLAS, 2.6 to 4.3 seen; on Debian's reference BLAS it is four times slower
    }

    private static float[] DriveVolts(int shots)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, shots * 2 * Count).Select(n => n % (2 * Count) < Count ? (float)(1.5 * (2 * random.NextDouble() - 1)) : 0f)];
    }
}
