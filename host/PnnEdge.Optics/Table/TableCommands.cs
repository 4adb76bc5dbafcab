using System.Globalization;
using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Table;

/// <summary>A dialect's commands, obeyed by a <see cref="SimulatedTable"/>; one command at a time, whoever sends it.</summary>
public sealed class TableCommands(SimulatedTable table, InstrumentDialect dialect, uint serial)
{
    private readonly Lock _oneAtATime = new();
    private readonly (Operation Operation, CommandTemplate Template)[] _commands =
        [.. dialect.Commands.SelectMany(command => command.Value.Select(message => (command.Key, CommandTemplate.Parse(message))))];

    public InstrumentDialect Dialect => dialect;

    /// <summary>Another instrument's name is only borrowed, and the serial number says so.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{dialect.Identification},{(dialect.Simulated ? "" : "simulated-")}{serial},0.1");

    /// <summary>Whose command opened the shutter; null while it is closed.</summary>
    public object? OpenedBy { get; private set; }

    /// <param name="sender">Who asks.</param>
    /// <returns>The answer; null for a command that has none.</returns>
    /// <exception cref="ScpiRefusalException">It cannot be obeyed.</exception>
    public byte[]? Obey(ProgramUnit unit, object sender)
    {
        bool isKnown = false;
        foreach ((Operation operation, CommandTemplate template) in _commands)
        {
            if (!template.HasHeader(unit.Header)) { continue; }
            isKnown = true;
            if (!template.Takes(unit)) { continue; }
            CommandArgument argument = template.Read(unit);
            lock (_oneAtATime) { return Obey(operation, argument, sender); }
        }

        if (!isKnown) { throw new ScpiRefusalException(-113, ProgramUnit.Shown(unit.Header)); }
        int possible = _commands.Where(command => command.Template.HasHeader(unit.Header)).Max(command => command.Template.Parameters.Count);
        throw new ScpiRefusalException(unit.Parameters.Count > possible ? -108 : unit.Parameters.Count < possible ? -109 : -224);
    }

    public void Reset()
    {
        lock (_oneAtATime)
        {
            table.Reset();
            OpenedBy = null;
        }
    }

    /// <summary>A controller that opened the shutter and has gone leaves it closed.</summary>
    public void Leave(object sender)
    {
        lock (_oneAtATime)
        {
            if (OpenedBy == sender) { SetShutter(isOpen: false, sender); }
        }
    }

    private byte[]? Obey(Operation operation, CommandArgument argument, object sender)
    {
        switch (operation)
        {
            case Operation.ShutterOpen or Operation.ShutterClose:
                SetShutter(operation == Operation.ShutterOpen, sender);
                return null;
            case Operation.IsShutterOpen:
                return Text(table.IsShutterOpen ? "1" : "0");
            case Operation.Power:
                return Text(table.PowerWatts.ToString("E6", CultureInfo.InvariantCulture));
            case Operation.Frames:
                table.LoadBlock(argument.Block!);
                return null;
            case Operation.Measure:
                table.Measure();
                return null;
            case Operation.Fetch:
                return table.Spectra.Length > 0 ? NumberCodec.Write(dialect.Numbers, table.Spectra) : throw new ScpiRefusalException(-230, "nothing was measured");
            case Operation.Wavelengths:
                return NumberCodec.Write(dialect.AxisNumbers, [.. table.WavelengthsNm.Select(nm => nm / dialect.NmPerUnit)]);
            case Operation.Integration:
                table.SetIntegration(argument.Value);
                return null;
            case Operation.Averages:
                table.SetAverages(argument.Count);
                return null;
            case Operation.Shot:
                table.NextShot = argument.Count;
                return null;
            case Operation.Wait or Operation.IsDone:
                return Text("1");
            default:
                return null; // what is prepared elsewhere is so here from the start
        }
    }

    private void SetShutter(bool isOpen, object sender) => (table.IsShutterOpen, OpenedBy) = (isOpen, isOpen ? sender : null);

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
