using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Table;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn sim optics</c>: the simulated optical table as instruments on a TCP socket, until it is told to end.</summary>
internal sealed class SimOpticsCommand
{
    private static readonly string[] Systems = ["shg", "shg-full"];
    private static readonly string[] Modulators = [.. Enum.GetNames<Modulator>().Select(name => name.ToLowerInvariant())];

    private readonly CliHost _host;
    private readonly Interrupts _interrupts;
    private readonly Option<int?> _port = Values.WholeNumber("--port", 0, 65535, $"TCP port on the loopback interface; 0 takes a free one (default {ScpiAddress.DefaultPort}).");
    private readonly Option<string?> _dialect = Values.Path("--dialect", "file", $"What it speaks: a dialect's file, or its name: {string.Join(", ", InstrumentDialect.Names)} (default {TableDialect}).");
    private readonly Option<string?> _system = Values.Choice("--system", Systems, "Its crystal");
    private readonly Option<string?> _modulator = Values.Choice("--modulator", Modulators, "What shapes its spectrum");
    private readonly VirtualOptions _unit = new(FaultScope.Optics);

    private const string TableDialect = "pnnedge-table";

    private SimOpticsCommand(CliHost host, Interrupts interrupts) => (_host, _interrupts) = (host, interrupts);

    public static Command Build(CliHost host, Interrupts interrupts)
    {
        var sim = new SimOpticsCommand(host, interrupts);
        var command = new Command("optics", "Run a simulated optical table: laser, shutter, pulse shaper, crystal and spectrometer behind SCPI on a socket.");
        foreach (Option option in new Option[] { sim._port, sim._dialect, sim._system, sim._modulator }) { command.Options.Add(option); }
        sim._unit.AddTo(command);
        command.SetAction(sim.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        BenchRequest request = _unit.Read(parsed, parsed.GetValue(_system) ?? Systems[0]);
        InstrumentDialect dialect = OpticalOptions.Dialect(parsed.GetValue(_dialect) ?? TableDialect);
        string rig = OpticalRig.OfTheTableWith(Enum.Parse<Modulator>(parsed.GetValue(_modulator) ?? Modulators[0], ignoreCase: true));
        SimulatedTable table = TableOf(OpticalRig.Load(rig), request);
        using var commands = new TableCommands(table, dialect, request.Serial, _host.Time, _host.Error.WriteLine);
        await using TableServer server = Listen(commands, parsed.GetValue(_port) ?? ScpiAddress.DefaultPort);
        string address = new ScpiAddress(IPAddress.Loopback.ToString(), server.Port).ToString();
        await _host.Out.WriteLineAsync(parsed.GetValue(CommonOptions.Json)
            ? JsonText.Line(new ReadyJson(address, dialect.Name, request.System, request.Serial, rig))
            : $"The optical table ({request.System}, unit {request.Serial}, simulated) listens at {address} and speaks {dialect.Name}; 'pnn train --system {address} --rig {rig}' is for it, and Ctrl-C ends it.");
        await _host.Out.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _host.Time, cancellation);
        }
        catch (OperationCanceledException) when (_interrupts.ExitCode == Interrupts.ExitCodeOfTermination)
        {
            // A service that is asked to end has done its work.
        }

        return ExitCode.Done;
    }

    private static SimulatedTable TableOf(OpticalRig rig, BenchRequest request)
    {
        var bench = (SecondHarmonicBench)Benches.PhysicsOf(request, "of a device's converters the optical table has a detector's bits alone", FaultKind.AdcStuck);
        try
        {
            return new SimulatedTable(rig, bench, [.. request.Faults.Select(NamedFault.Parse).Where(fault => fault.Kind == FaultKind.AdcStuck)]);
        }
        catch (ArgumentException bit)
        {
            throw new UserException(bit.Message, isUsage: true);
        }
    }

    private static TableServer Listen(TableCommands commands, int port)
    {
        try
        {
            return new TableServer(commands, IPAddress.Loopback, port);
        }
        catch (SocketException taken)
        {
            throw new UserException($"The optical table cannot listen on port {port}: {taken.Message.TrimEnd('.')}; --port 0 takes a free one.", taken);
        }
    }

    private sealed record ReadyJson(string Address, string Dialect, string System, uint Serial, string Rig);
}
