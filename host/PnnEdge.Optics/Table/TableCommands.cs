using System.Globalization;
using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Table;

/// <summary>A dialect's commands, obeyed by a <see cref="SimulatedTable"/>; one command at a time, whoever sends it. The shutter closes when its controller does not renew it.</summary>
public sealed class TableCommands : IDisposable
{
    private readonly Lock _oneAtATime = new();
    private readonly SimulatedTable _table;
    private readonly uint _serial;
    private readonly Action<string> _log;
    private readonly ShutterHold _hold;
    private readonly (Operation Operation, CommandTemplate Template)[] _commands;

    /// <param name="log">Told in a sentence that the shutter closed by itself.</param>
    public TableCommands(SimulatedTable table, InstrumentDialect dialect, uint serial, TimeProvider time, Action<string> log)
    {
        (_table, Dialect, _serial, _log) = (table, dialect, serial, log);
        _hold = new ShutterHold(time, CloseWhereNotRenewed);
        _commands = [.. dialect.Commands.SelectMany(command => command.Value.Select(message => (command.Key, CommandTemplate.Parse(message))))];
    }

    public InstrumentDialect Dialect { get; }

    /// <summary>Another instrument's name is only borrowed, and the serial number says so.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{Dialect.Identification},{(Dialect.Simulated ? "" : "simulated-")}{_serial},0.1");

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
            _table.Reset();
            _hold.Set(0);
            _hold.End();
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

    public void Dispose() => _hold.Dispose();

    private byte[]? Obey(Operation operation, CommandArgument argument, object sender)
    {
        switch (operation)
        {
            case Operation.ShutterOpen or Operation.ShutterClose:
                SetShutter(operation == Operation.ShutterOpen, sender);
                return null;
            case Operation.IsShutterOpen:
                return Text(_table.IsShutterOpen ? "1" : "0");
            case Operation.ShutterHold:
                if (OpenedBy is not null && OpenedBy != sender) { throw new ScpiRefusalException(-221, "another controller has opened the shutter"); }
                _hold.Set(argument.Value);
                if (_table.IsShutterOpen) { _hold.Renew(); }
                return null;
            case Operation.ReadShutterHold:
                return Text(_hold.Seconds.ToString("R", CultureInfo.InvariantCulture));
            case Operation.Power:
                return Text(_table.PowerWatts.ToString("E6", CultureInfo.InvariantCulture));
            case Operation.Frames:
                _table.LoadBlock(argument.Block!);
                return null;
            case Operation.Measure:
                _table.Measure();
                return null;
            case Operation.Fetch:
                return _table.Spectra.Length > 0 ? NumberCodec.Write(Dialect.Numbers, _table.Spectra) : throw new ScpiRefusalException(-230, "nothing was measured");
            case Operation.Wavelengths:
                return NumberCodec.Write(Dialect.AxisNumbers, [.. _table.WavelengthsNm.Select(nm => nm / Dialect.NmPerUnit)]);
            case Operation.Integration:
                _table.SetIntegration(argument.Value);
                return null;
            case Operation.Averages:
                _table.SetAverages(argument.Count);
                return null;
            case Operation.Shot:
                _table.NextShot = argument.Count;
                return null;
            case Operation.Wait or Operation.IsDone:
                return Text("1");
            default:
                return null; // what is prepared elsewhere is so here from the start
        }
    }

    private void SetShutter(bool isOpen, object sender)
    {
        (_table.IsShutterOpen, OpenedBy) = (isOpen, isOpen ? sender : null);
        if (isOpen) { _hold.Renew(); }
        else { _hold.End(); }
    }

    private void CloseWhereNotRenewed()
    {
        lock (_oneAtATime)
        {
            if (OpenedBy is not object opener || !_hold.IsOver()) { return; }
            SetShutter(isOpen: false, opener);
            _log(string.Create(CultureInfo.InvariantCulture, $"The shutter was not renewed within {_hold.Seconds} s and has closed."));
        }
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
