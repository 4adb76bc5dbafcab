using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Loopback;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.Plate;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Composition;

/// <summary>Every physical system that can stand on a virtual bench; a further one is added here and nowhere else.</summary>
internal static class BenchSystems
{
    public static IReadOnlyList<BenchSystem> All { get; } =
    [
        Circuit(), CodecCircuit(), Ladder(), SecondHarmonic(SecondHarmonicName, CrystalEquations.Undepleted), SecondHarmonic("shg-full", CrystalEquations.Full), Plate(),
        Oscillators("oscillators", OscillatorGap.None), Oscillators("oscillators-gap", OscillatorGap.ExampleTwo), Loopback(), Echo(),
    ];

    private const string SecondHarmonicName = "shg";

    // Its modes take a while to find.
    private static readonly Lazy<PlateRig> NominalPlate = new(() => new PlateRig(PlateParameters.Nominal));

    private static BenchSystem Circuit() => new(
        Benches.Circuit,
        VirtualBoards.CircuitSampleRateHz,
        VirtualBoards.Circuit,
        CircuitBench.SupportedFaults,
        (request, faults) => new CircuitBench(CircuitOf(request) with { Seed = request.NoiseSeed, Faults = faults }),
        () => new CircuitModel(CircuitParameters.Nominal, Environment.ProcessorCount))
    {
        AllowedDrift = new AllowedDrift(Gain: 0.01, Shape: 0.005),
        ProbeShot = ShotShape.Throughout(128), // two of its periods
        Joule = (drive, actuators) => CircuitEnergy.DriveJoule(CircuitParameters.Nominal, drive, actuators[0]),
    };

    /// <summary>The circuit of a codec board behind that board's codecs, which start apart; the board has no static output for a bias.</summary>
    private static BenchSystem CodecCircuit() => new(
        "circuit-codec",
        VirtualBoards.CodecSampleRateHz,
        VirtualBoards.Codec,
        CircuitBench.SupportedFaults,
        (request, faults) => new CircuitBench(CircuitOf(request) with { Parameters = CircuitParameters.CodecRate, HasBias = false, Seed = request.NoiseSeed, Faults = faults }),
        () => new CircuitModel(CircuitParameters.CodecRate, Environment.ProcessorCount, hasBias: false))
    {
        AllowedDrift = new AllowedDrift(Gain: 0.01, Shape: 0.005),
        ProbeShot = ShotShape.Throughout(128),
        Joule = (drive, _) => CircuitEnergy.DriveJoule(CircuitParameters.CodecRate, drive, 0),
    };

    /// <summary>What a board of 250 S/s can play, behind that board's converters; its bias reaches nothing.</summary>
    private static BenchSystem Ladder() => new(
        CircuitParameters.SlowRate.SystemName,
        VirtualBoards.SlowSampleRateHz,
        VirtualBoards.Slow,
        CircuitBench.SupportedFaults,
        (request, faults) =>
        {
            CircuitBenchOptions unit = CircuitOf(request);
            return new CircuitBench(unit with
            {
                Parameters = CircuitParameters.SlowRate,
                Tolerances = request.Ideal ? unit.Tolerances : CircuitTolerances.Film,
                Seed = request.NoiseSeed,
                Faults = faults,
            });
        },
        () => new CircuitModel(CircuitParameters.SlowRate, Environment.ProcessorCount))
    {
        AllowedDrift = new AllowedDrift(Gain: 0.01, Shape: 0.005),
        ProbeShot = ShotShape.Throughout(240), // eight of its slow time constants: what is held has settled
        Joule = (drive, _) => CircuitEnergy.DriveJoule(CircuitParameters.SlowRate, drive),
        UnusedOutputs = ["bias"], // ends at a free terminal
    };

    private static CircuitBenchOptions CircuitOf(BenchRequest request)
    {
        CircuitBenchOptions unit = request.Ideal ? CircuitBenchOptions.Ideal : new();
        return unit with { Serial = request.Serial, Noise = request.NoNoise ? CircuitNoise.None : unit.Noise, Drift = request.NoDrift ? CircuitDrift.None : unit.Drift };
    }

    /// <param name="crystal">Of the bench; the equations that a twin knows are the undepleted ones.</param>
    private static BenchSystem SecondHarmonic(string name, CrystalEquations crystal)
    {
        SecondHarmonicBenchOptions Of(BenchRequest request)
        {
            SecondHarmonicBenchOptions unit = request.Ideal ? SecondHarmonicBenchOptions.Ideal : new();
            return unit with
            {
                Crystal = crystal,
                Serial = request.Serial,
                Noise = request.NoNoise ? SecondHarmonicNoise.None : unit.Noise,
                Drift = request.NoDrift ? SecondHarmonicDrift.None : unit.Drift,
            };
        }

        return new BenchSystem(
            name,
            VirtualBoards.SecondHarmonicSampleRateHz,
            VirtualBoards.SecondHarmonic,
            SecondHarmonicBench.SupportedFaults,
            (request, faults) => new SecondHarmonicBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            () => new SecondHarmonicModel(SecondHarmonicParameters.Nominal, Environment.ProcessorCount))
        {
            LeastShotSeconds = 1 / SecondHarmonicBench.PatternRateHz,
            AllowedDrift = new AllowedDrift(Gain: 0.06, Shape: 0.01), // pulse energy
            ProbeShot = ShotShape.LoadThenRead(100, 50), // pixels and bins of its experiments
            ExperimentsOf = SecondHarmonicName,
        };
    }

    private static BenchSystem Plate()
    {
        static PlateBenchOptions Of(BenchRequest request)
        {
            PlateBenchOptions unit = request.Ideal ? PlateBenchOptions.Ideal : new();
            return unit with { Serial = request.Serial, Noise = request.NoNoise ? PlateNoise.None : unit.Noise, Drift = request.NoDrift ? PlateDrift.None : unit.Drift };
        }

        return new BenchSystem(
            "plate",
            VirtualBoards.PlateSampleRateHz,
            VirtualBoards.Plate,
            PlateBench.SupportedFaults,
            (request, faults) => new PlateBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            () => new PlateModel(PlateParameters.Nominal, Environment.ProcessorCount))
        {
            AllowedDrift = new AllowedDrift(Gain: 0.05, Shape: 0.02), // the microphone
            ProbeShot = ShotShape.Throughout(128),
            Joule = (drive, _) => PlateEnergy.DriveJoule(NominalPlate.Value, drive),
        };
    }

    /// <param name="gap">Between the bench and the equations that a twin knows; none for the original's example 1.</param>
    private static BenchSystem Oscillators(string name, OscillatorGap gap)
    {
        OscillatorBenchOptions Of(BenchRequest request)
        {
            OscillatorBenchOptions unit = request.Ideal ? OscillatorBenchOptions.Ideal : new();
            return unit with
            {
                Serial = request.Ideal ? 1 : request.Serial, // the gap's couplings are a unit's own: without imperfections there is one unit
                Gap = request.Ideal || request.NoNoise ? gap with { AmplitudeRms = 0 } : gap,
                Noise = request.NoNoise ? OscillatorNoise.None : unit.Noise,
                Drift = request.NoDrift ? OscillatorDrift.None : unit.Drift,
            };
        }

        return new BenchSystem(
            name,
            VirtualBoards.OscillatorsSampleRateHz,
            serial => VirtualBoards.Oscillators(serial, OscillatorParameters.Nominal.Count),
            OscillatorBench.SupportedFaults,
            (request, faults) => new OscillatorBench(Of(request) with { Seed = request.NoiseSeed, Faults = faults }),
            () => new OscillatorModel(OscillatorParameters.Nominal, Environment.ProcessorCount))
        {
            AllowedDrift = new AllowedDrift(Gain: 0.001, Shape: 0.005),
            ProbeShot = ShotShape.LoadThenRead(OscillatorParameters.Nominal.Count, OscillatorParameters.Nominal.Count),
        };
    }

    /// <summary>A plug from output to input and converters with errors of their own, for calibration.</summary>
    private static BenchSystem Loopback()
    {
        static LoopbackBench Plug(BenchRequest request, IReadOnlyList<NamedFault> faults, OutputNoise noise)
        {
            LoopbackBenchOptions unit = request.Ideal ? LoopbackBenchOptions.Ideal : new();
            return new LoopbackBench(unit with
            {
                Serial = request.Serial,
                Seed = request.NoiseSeed,
                Faults = faults,
                Noise = request.Ideal || request.NoNoise ? OutputNoise.None : noise,
                GainDriftRms = request.NoDrift ? 0 : unit.GainDriftRms,
                OffsetDriftVoltsRms = request.NoDrift ? 0 : unit.OffsetDriftVoltsRms,
            });
        }

        return new BenchSystem(
            "loopback", VirtualBoards.CircuitSampleRateHz, VirtualBoards.Loopback, LoopbackBench.SupportedFaults,
            (request, faults) => Plug(request, faults, LoopbackBenchOptions.TypicalNoise), Model: null)
        {
            UnitBehind = board => (request, faults) => Plug(request, faults, OneStep(board)),
            Converters = request => request.Ideal ? ConverterUnit.Exact : ConverterUnit.Of(request.Serial),
            AllowedDrift = new AllowedDrift(Gain: 0.002, Shape: 0.001),
            IsLoopback = true,
        };
    }

    /// <summary>What spreads every level over several codes and hides none.</summary>
    private static OutputNoise OneStep(Board board) => new() { VoltsRms = new VoltScale(board.OfRole(ChannelRole.Measurement)[0]).StepVolts };

    /// <summary>A wire from output to input, for measuring links.</summary>
    private static BenchSystem Echo() => new(
        Benches.Echo, VirtualBoards.CircuitSampleRateHz, VirtualBoards.Echo, [], (_, _) => new EchoBench(), Model: null)
    {
        IsLoopback = true,
    };
}
