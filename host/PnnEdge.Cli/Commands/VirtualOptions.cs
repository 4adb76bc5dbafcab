using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Firmware.Core;

namespace PnnEdge.Cli.Commands;

/// <summary>The options that say which unit of a virtual bench, and what is wrong with it.</summary>
/// <param name="scope">Which faults are among them.</param>
internal sealed class VirtualOptions(FaultScope scope = FaultScope.Bench)
{
    private readonly Option<int?> _serial = Values.WholeNumber("--serial", 1, int.MaxValue, "The unit's serial number, which fixes its imperfections (default 1).");
    private readonly Option<ulong?> _noiseSeed = Values.LargeNumber("--noise-seed", 0, long.MaxValue, "Fixes noise and drift, together with the serial number (default 0).");
    private readonly Option<bool> _ideal = new("--ideal") { Description = "The equations alone: nominal parts, no noise, no drift." };
    private readonly Option<bool> _noNoise = new("--no-noise") { Description = "The unit without its noise." };
    private readonly Option<bool> _noDrift = new("--no-drift") { Description = "The unit without its drift." };
    private readonly Option<string[]> _fault = Values.Faults("A fault to inject: name, name=magnitude or name=magnitude@first-shot; several may follow.");

    public IReadOnlyList<Option> All => scope == FaultScope.None ? [_serial, _noiseSeed, _ideal, _noNoise, _noDrift] : [_serial, _noiseSeed, _ideal, _noNoise, _noDrift, _fault];

    public void AddTo(Command command)
    {
        foreach (Option option in All) { command.Options.Add(option); }
    }

    /// <param name="board">Whose converters stand before the unit, where no twin can be biased; null for the system's own.</param>
    public BenchRequest Read(ParseResult parsed, string system, Board? board = null)
    {
        var request = new BenchRequest(
            system, (uint)(parsed.GetValue(_serial) ?? 1), parsed.GetValue(_noiseSeed) ?? 0, parsed.GetValue(_ideal), scope == FaultScope.None ? [] : parsed.GetValue(_fault) ?? [])
        {
            NoNoise = parsed.GetValue(_noNoise),
            NoDrift = parsed.GetValue(_noDrift),
        };
        Benches.Check(request, board is not null && scope == FaultScope.BenchAndTwin ? FaultScope.Bench : scope, board);
        return request;
    }
}
