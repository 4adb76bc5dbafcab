using System.Text.Json.Serialization;
using PnnEdge.Cli.Commands;
using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Composition;

/// <summary>Which virtual bench: a system, one unit of it, its chance and its faults.</summary>
/// <param name="System">One of <see cref="Benches.Names"/>.</param>
/// <param name="Serial">Fixes the unit's imperfections.</param>
/// <param name="NoiseSeed">With serial and logical shot index it fixes noise and drift.</param>
/// <param name="Ideal">The equations alone: nominal parts, no noise, no drift.</param>
/// <param name="Faults">As typed: name, name=magnitude or name=magnitude@first shot.</param>
public sealed record BenchRequest(string System, uint Serial, ulong NoiseSeed, bool Ideal, IReadOnlyList<string> Faults)
{
    /// <summary>Every source of noise is off.</summary>
    public bool NoNoise { get; init; }

    /// <summary>Every source of drift is off; the unit stays what its serial number made it.</summary>
    public bool NoDrift { get; init; }

    /// <summary>Of the twin beside the bench, 1: a fault that no device knows of.</summary>
    [JsonIgnore]
    public double TwinBias => Faults.Select(NamedFault.Parse).Where(fault => fault.Kind == FaultKind.TwinBias).Sum(fault => fault.Magnitude);

    /// <summary>What stands on the bench, without what is wrong beside it.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> OwnFaults => [.. Faults.Where(fault => FaultCatalog.Of(NamedFault.Parse(fault).Kind).Place != FaultPlace.Twin)];

    /// <summary>As options of the command: which unit, and what is wrong with it.</summary>
    public IEnumerable<string> UnitArguments() =>
    [
        "--serial", $"{Serial}", "--noise-seed", $"{NoiseSeed}",
        .. Ideal ? (string[])["--ideal"] : [],
        .. NoNoise ? (string[])["--no-noise"] : [],
        .. NoDrift ? (string[])["--no-drift"] : [],
        .. OwnFaults.SelectMany(fault => (string[])["--fault", fault]),
    ];
}

/// <summary>A virtual bench's parts.</summary>
/// <param name="Faults">Of converters and device; the physics has its own already.</param>
/// <param name="Converters">The board's own errors.</param>
public sealed record BenchParts(Board Board, IBenchPhysics Physics, double SampleRateHz, InjectedFaults Faults, ConverterUnit Converters);

/// <summary>Virtual benches by name.</summary>
public static class Benches
{
    public const string Circuit = "circuit";
    public const string Echo = "echo";

    public static IReadOnlyList<string> Names { get; } = [.. BenchSystems.All.Select(system => system.Name)];

    /// <exception cref="UserException">No such system.</exception>
    public static BenchSystem Of(string name) => BenchSystems.All.FirstOrDefault(system => system.Name == name)
        ?? throw new UserException($"There is no system '{name}'; there are {string.Join(", ", Names)}.", isUsage: true);

    /// <summary>The nominal equations of a system, anew at each call; null for a system that has none here.</summary>
    public static Func<IPhysicsModel>? EquationsOf(string name) => BenchSystems.All.FirstOrDefault(system => system.Name == name)?.Model;

    /// <param name="board">As for <see cref="Build"/>.</param>
    /// <exception cref="UserException">No such system, or a fault is unknown, or the bench cannot inject it.</exception>
    internal static void Check(BenchRequest request, FaultScope scope = FaultScope.Bench, Board? board = null)
    {
        BenchSystem system = Of(request.System);
        NamedFault[] faults = FaultsOf(system, request, scope, board);
        NamedFault idle = faults.FirstOrDefault(fault =>
            (fault.Kind == FaultKind.NoiseHetero && (request.Ideal || request.NoNoise)) || (fault.Kind == FaultKind.RigSwap && request.Ideal));
        if (idle.Magnitude != 0)
        {
            string why = idle.Kind == FaultKind.RigSwap ? "with --ideal every unit is the nominal one" : "without noise there is none to add to";
            throw new UserException($"Asked for fault {FaultCatalog.Of(idle.Kind).Name}; {why}.", isUsage: true);
        }

        try
        {
            _ = system.Unit(request, OfPhysics(system, faults));
        }
        catch (ArgumentException together)
        {
            throw new UserException(together.Message.Split(" (Parameter", 2)[0], isUsage: true);
        }
    }

    /// <param name="board">Whose converters stand before it; null for the system's own.</param>
    /// <exception cref="UserException">No such system, or a fault is unknown, or the bench cannot inject it.</exception>
    public static BenchParts Build(BenchRequest request, Board? board = null)
    {
        BenchSystem system = Of(request.System);
        IReadOnlyList<NamedFault> faults = FaultsOf(system, request, FaultScope.BenchAndTwin, board);
        return new BenchParts(
            board ?? system.Board(request.Serial),
            board is null ? system.Unit(request, OfPhysics(system, faults)) : system.UnitBehind(board)(request, OfPhysics(system, faults)),
            system.SampleRateHz,
            new InjectedFaults([.. faults.Where(fault => InjectedFaults.IsTaken(fault.Kind))]) { OfRoom = [.. faults.Where(fault => fault.Kind == FaultKind.TemperatureRamp)] },
            system.Converters(request));
    }

    /// <summary>The same unit without noise, drift and faults: the truth that a twin is held against.</summary>
    public static BenchParts BuildTruth(BenchRequest request)
    {
        BenchSystem system = Of(request.System);
        return new BenchParts(system.Board(request.Serial), system.Truth(request), system.SampleRateHz, InjectedFaults.None, system.Converters(request));
    }

    /// <summary>The unit's physics alone, for instruments of another kind than a device's converters.</summary>
    /// <param name="why">What has no faults of its own, or no others; for the sentence.</param>
    /// <param name="own">Faults that stand beside the physics and are somebody else's affair.</param>
    /// <exception cref="UserException">A fault that neither has.</exception>
    public static IBenchPhysics PhysicsOf(BenchRequest request, string why, params IReadOnlyList<FaultKind> own)
    {
        BenchSystem system = Of(request.System);
        NamedFault[] faults = [.. request.Faults.Select(NamedFault.Parse)];
        bool Can(FaultKind kind) => system.Faults.Contains(kind) || own.Contains(kind);
        NamedFault other = faults.FirstOrDefault(fault => !Can(fault.Kind));
        return other == default
            ? system.Unit(request, OfPhysics(system, faults))
            : throw new UserException($"Asked for fault {FaultCatalog.Of(other.Kind).Name}; {why}, it can inject {FaultCatalog.Names(known => Can(known.Kind))}.", isUsage: true);
    }

    private static NamedFault[] OfPhysics(BenchSystem system, IReadOnlyList<NamedFault> faults) => [.. faults.Where(fault => system.Faults.Contains(fault.Kind))];

    private static NamedFault[] FaultsOf(BenchSystem system, BenchRequest request, FaultScope scope, Board? board) =>
        [.. request.Faults.Select(text => FaultOf(system, text, scope, board ?? system.Board(1)))];

    /// <summary>A board without static outputs has none that could stand still.</summary>
    private static bool IsTakenBy(Board board, FaultKind kind) =>
        InjectedFaults.IsTaken(kind) && (kind != FaultKind.DacStuck || board.Count(ChannelRole.Actuator) > 0);

    private static NamedFault FaultOf(BenchSystem system, string text, FaultScope scope, Board board)
    {
        string name = text.Split('=', '@')[0].Trim();
        bool Can(FaultKind kind) => system.Faults.Contains(kind) || IsTakenBy(board, kind) || (scope == FaultScope.BenchAndTwin && kind == FaultKind.TwinBias);
        if (!FaultCatalog.All.Any(known => known.Name == name && Can(known.Kind)))
        {
            throw new UserException($"Asked for fault {name}; system {system.Name} can inject {FaultCatalog.Names(known => Can(known.Kind))}.", isUsage: true);
        }

        try
        {
            NamedFault fault = NamedFault.Parse(text);
            if (fault is { Kind: FaultKind.TwinBias, FirstShot: > 0 }) { throw new FormatException($"Asked fault {name} to begin at shot {fault.FirstShot}; a twin knows no shots, leave out '@'."); }
            if (scope != FaultScope.Optics && InjectedFaults.IsTaken(fault.Kind)) { new InjectedFaults([fault]).RequireOn(board); }
            return fault;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }
    }
}
