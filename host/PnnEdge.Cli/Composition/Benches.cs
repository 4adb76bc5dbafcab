using PnnEdge.Cli.Commands;
using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Converters;

namespace PnnEdge.Cli.Composition;

/// <summary>Which virtual bench: a system, one unit of it, its chance and its faults.</summary>
/// <param name="System">One of <see cref="Benches.Names"/>.</param>
/// <param name="Serial">Fixes the unit's imperfections.</param>
/// <param name="NoiseSeed">With serial and logical shot index it fixes noise and drift.</param>
/// <param name="Ideal">The equations alone: nominal parts, no noise, no drift.</param>
/// <param name="Faults">As typed: name, name=magnitude or name=magnitude@first shot.</param>
public sealed record BenchRequest(string System, uint Serial, ulong NoiseSeed, bool Ideal, IReadOnlyList<string> Faults);

/// <summary>A virtual bench's parts.</summary>
public sealed record BenchParts(Board Board, IBenchPhysics Physics, double SampleRateHz, ConverterFaults ConverterFaults);

/// <summary>Every virtual bench by name.</summary>
public static class Benches
{
    public const string Circuit = "circuit";
    public const string Echo = "echo";

    public static IReadOnlyList<string> Names { get; } = [Circuit, Echo];

    /// <exception cref="UserException">A fault is unknown, or the bench cannot inject it.</exception>
    public static void Check(BenchRequest request) => Build(request);

    /// <exception cref="UserException">A fault is unknown, or the bench cannot inject it.</exception>
    public static BenchParts Build(BenchRequest request)
    {
        ConverterFaults converters = ConverterFaults.None;
        List<NamedFault> physics = [];
        foreach (string text in request.Faults)
        {
            if (ConverterFaults.Names.Contains(text)) { converters = converters.With(text); }
            else { physics.Add(PhysicsFault(text, request.System)); }
        }

        return request.System switch
        {
            Circuit => new BenchParts(
                VirtualBoards.Circuit(request.Serial), CircuitOf(request, physics), VirtualBoards.CircuitSampleRateHz, converters),
            Echo => new BenchParts(VirtualBoards.Echo(request.Serial), new EchoBench(), VirtualBoards.CircuitSampleRateHz, converters),
            _ => throw new UserException($"There is no system '{request.System}'; there are {string.Join(", ", Names)}.", isUsage: true),
        };
    }

    /// <summary>The same unit without noise, drift and faults: the truth that a twin is held against.</summary>
    public static BenchParts BuildTruth(BenchRequest request) => request.System == Circuit
        ? new BenchParts(
            VirtualBoards.Circuit(request.Serial),
            new CircuitBench(StartOf(request) with { Serial = request.Serial, Noise = OutputNoise.None, Drift = Drift.None }),
            VirtualBoards.CircuitSampleRateHz,
            ConverterFaults.None)
        : Build(request with { Faults = [] });

    private static CircuitBenchOptions StartOf(BenchRequest request) => request.Ideal ? CircuitBenchOptions.Ideal : new CircuitBenchOptions();

    private static CircuitBench CircuitOf(BenchRequest request, List<NamedFault> faults) =>
        new(StartOf(request) with { Seed = request.NoiseSeed, Serial = request.Serial, Faults = faults });

    private static NamedFault PhysicsFault(string text, string system)
    {
        string[] inPhysics = system == Circuit ? [.. FaultCatalog.All.Where(known => CircuitFaultNames.Contains(known.Name)).Select(known => known.Name)] : [];
        string name = text.Split('=', '@')[0].Trim();
        if (ConverterFaults.Names.Contains(name))
        {
            throw new UserException($"Asked for fault {text}; {name} has one fixed strength, so only '{name}' is possible.", isUsage: true);
        }

        if (!inPhysics.Contains(name))
        {
            throw new UserException(
                $"Asked for fault {name}; system {system} can inject {string.Join(", ", inPhysics.Concat(ConverterFaults.Names))}.", isUsage: true);
        }

        try
        {
            return NamedFault.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }
    }

    // The physics refuses the others itself; this list only lets the refusal name what is possible, converters included.
    private static readonly string[] CircuitFaultNames = ["drift.gain", "drift.offset", "drift.step", "memory", "noise.hetero", "temp.ramp", "rig.swap"];
}
