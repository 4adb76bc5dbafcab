using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.Plate;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Physics.Tests.Circuit;
using PnnEdge.Physics.Tests.Oscillators;
using PnnEdge.Physics.Tests.SecondHarmonic;

namespace PnnEdge.Physics.Tests;

/// <summary>A bench as the tests of what all benches promise take it.</summary>
/// <param name="Busy">A unit with its imperfections, noise and drift, on one thread.</param>
/// <param name="Quiet">The same unit without noise and drift.</param>
/// <param name="Drives">[shot, sample], V, of that many shots.</param>
internal sealed record EveryBench(
    BenchOptions Busy, BenchOptions Quiet, Func<BenchOptions, IBenchPhysics> Build, int Samples, float[] Actuators, Func<int, float[]> Drives)
{
    private const int Oscillators = 20;

    public static EveryBench Named(string name) => name switch
    {
        "circuit" => new(
            new CircuitBenchOptions(),
            new CircuitBenchOptions { Noise = CircuitNoise.None, Drift = CircuitDrift.None },
            options => new CircuitBench((CircuitBenchOptions)options), 48, [0.1f], FirstOneWild),
        "ladder" => new(
            new CircuitBenchOptions { Parameters = CircuitParameters.SlowRate, Tolerances = CircuitTolerances.Film },
            new CircuitBenchOptions { Parameters = CircuitParameters.SlowRate, Tolerances = CircuitTolerances.Film, Noise = CircuitNoise.None, Drift = CircuitDrift.None },
            options => new CircuitBench((CircuitBenchOptions)options), 48, [0.1f], FirstOneWild),
        "plate" => new(
            new PlateBenchOptions(),
            new PlateBenchOptions { Noise = PlateNoise.None, Drift = PlateDrift.None },
            options => new PlateBench((PlateBenchOptions)options), 48, [], shots => Stimuli.White(99, shots * 48, 1)),
        "shg" => Light(CrystalEquations.Undepleted),
        "shg-full" => Light(CrystalEquations.Full),
        "oscillators" => new(
            new OscillatorBenchOptions { Parameters = new() { Count = Oscillators }, Gap = OscillatorGap.ExampleTwo },
            new OscillatorBenchOptions
            {
                Parameters = new() { Count = Oscillators },
                Gap = OscillatorGap.ExampleTwo with { AmplitudeRms = 0 },
                Noise = OscillatorNoise.None,
                Drift = OscillatorDrift.None,
            },
            options => new OscillatorBench((OscillatorBenchOptions)options), 2 * Oscillators, OscillatorCases.Actuators(Oscillators, 2),
            shots => OscillatorCases.Drive(Oscillators, shots, 99)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such bench."),
    };

    /// <param name="change">Of the busy bench with seed 5 on one thread.</param>
    /// <returns>[shot, sample], V.</returns>
    public float[] Run(ulong firstShot, float[] drive, Func<BenchOptions, BenchOptions>? change = null, bool quiet = false)
    {
        float[] node = new float[drive.Length];
        BenchOptions options = (quiet ? Quiet : Busy) with { Seed = 5, Threads = 1 };
        Build(change?.Invoke(options) ?? options).Run(firstShot, drive.Length / Samples, Samples, drive, Actuators, node);
        return node;
    }

    private static EveryBench Light(CrystalEquations crystal) => new(
        new SecondHarmonicBenchOptions { Crystal = crystal },
        new SecondHarmonicBenchOptions { Crystal = crystal, Noise = SecondHarmonicNoise.None, Drift = SecondHarmonicDrift.None },
        options => new SecondHarmonicBench((SecondHarmonicBenchOptions)options), Amplitudes.Samples, [], shots => Amplitudes.RandomShots(1, shots));

    // The first shot needs fine steps; its neighbours must not notice.
    private static float[] FirstOneWild(int shots)
    {
        float[] drive = Stimuli.White(99, shots * 48, 4.5f);
        drive.AsSpan(0, 48).Fill(-15);
        return drive;
    }
}
