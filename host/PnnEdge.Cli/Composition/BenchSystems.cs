using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.Plate;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.VirtualDevice.Boards;

namespace PnnEdge.Cli.Composition;

/// <summary>Every physical system that can stand on a virtual bench; a further one is added here and nowhere else.</summary>
internal static class BenchSystems
{
    public static IReadOnlyList<BenchSystem> All { get; } =
    [
        Circuit(), SecondHarmonic(), Plate(), Oscillators("oscillators", OscillatorGap.None), Oscillators("oscillators-gap", OscillatorGap.ExampleTwo), Echo(),
    ];

    private static BenchSystem Circuit()
    {
        static CircuitBenchOptions Of(BenchRequest request) => (request.Ideal ? CircuitBenchOptions.Ideal : new()) with { Serial = request.Serial };
        return new BenchSystem(
            Benches.Circuit,
            VirtualBoards.CircuitSampleRateHz,
            VirtualBoards.Circuit,
            CircuitBench.SupportedFaults,
            (request, faults) => new CircuitBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            request => new CircuitBench(Of(request) with { Noise = OutputNoise.None, Drift = Drift.None }),
            () => new CircuitModel(CircuitParameters.Nominal, Environment.ProcessorCount))
        {
            Joule = (drive, actuators) => CircuitEnergy.DriveJoule(CircuitParameters.Nominal, drive, actuators[0]),
        };
    }

    private static BenchSystem SecondHarmonic()
    {
        static SecondHarmonicBenchOptions Of(BenchRequest request) => (request.Ideal ? SecondHarmonicBenchOptions.Ideal : new()) with { Serial = request.Serial };
        return new BenchSystem(
            "shg",
            VirtualBoards.SecondHarmonicSampleRateHz,
            VirtualBoards.SecondHarmonic,
            SecondHarmonicBench.SupportedFaults,
            (request, faults) => new SecondHarmonicBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            request => new SecondHarmonicBench(Of(request) with { Noise = SecondHarmonicNoise.None, Drift = SecondHarmonicDrift.None }),
            () => new SecondHarmonicModel(SecondHarmonicParameters.Nominal));
    }

    private static BenchSystem Plate()
    {
        static PlateBenchOptions Of(BenchRequest request) => (request.Ideal ? PlateBenchOptions.Ideal : new()) with { Serial = request.Serial };
        return new BenchSystem(
            "plate",
            VirtualBoards.PlateSampleRateHz,
            VirtualBoards.Plate,
            PlateBench.SupportedFaults,
            (request, faults) => new PlateBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            request => new PlateBench(Of(request) with { Noise = OutputNoise.None, Drift = PlateDrift.None }),
            () => new PlateModel(PlateParameters.Nominal, Environment.ProcessorCount));
    }

    /// <param name="gap">Between the bench and the equations that a twin knows; none for the original's example 1.</param>
    private static BenchSystem Oscillators(string name, OscillatorGap gap)
    {
        OscillatorBenchOptions Of(BenchRequest request) => (request.Ideal ? OscillatorBenchOptions.Ideal : new() { Gap = gap }) with { Serial = request.Serial };
        return new BenchSystem(
            name,
            VirtualBoards.OscillatorsSampleRateHz,
            serial => VirtualBoards.Oscillators(serial, OscillatorParameters.Nominal.Count),
            OscillatorBench.SupportedFaults,
            (request, faults) => new OscillatorBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            request => new OscillatorBench(Of(request) with { Gap = Of(request).Gap with { AmplitudeRms = 0 }, Noise = OscillatorNoise.None, Drift = OscillatorDrift.None }),
            () => new OscillatorModel(OscillatorParameters.Nominal, Environment.ProcessorCount));
    }

    /// <summary>A wire from output to input, for measuring links.</summary>
    private static BenchSystem Echo() => new(
        Benches.Echo, VirtualBoards.CircuitSampleRateHz, VirtualBoards.Echo, [], (_, _) => new EchoBench(), _ => new EchoBench(), Model: null);
}
