using System.Collections.Concurrent;
using System.Net;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Support;

/// <summary>A simulated table listening on a free loopback port, and its rig.</summary>
internal sealed class TableOnSocket : IAsyncDisposable
{
    public const uint Serial = 7;

    private readonly OpticalRig _rig;

    private readonly TableCommands _commands;

    /// <param name="rig">What the table is; null for <see cref="Rig"/>.</param>
    /// <param name="time">The table's own; null for the system's.</param>
    public TableOnSocket(string[]? faults = null, string dialect = "pnnedge-table", OpticalRig? rig = null, TimeProvider? time = null)
    {
        _rig = rig ?? Rig;
        Table = TableOf(_rig, faults ?? []);
        _commands = NewCommands(Table, dialect, time: time, log: Said.Enqueue);
        Server = new TableServer(_commands, IPAddress.Loopback, 0);
    }

    public static OpticalRig Rig => OpticalRig.Load(OpticalRig.OfTheTable);

    /// <summary>With a DMD for the modulator.</summary>
    public static OpticalRig DmdRig => OpticalRig.Load("table-dmd");

    public SimulatedTable Table { get; }

    public TableServer Server { get; }

    public ScpiAddress Address => new("127.0.0.1", Server.Port);

    /// <summary>What the table logged.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public static TableCommands NewCommands(SimulatedTable table, string dialect = "pnnedge-table", uint serial = Serial, TimeProvider? time = null, Action<string>? log = null) =>
        new(table, InstrumentDialect.Load(dialect), serial, time ?? TimeProvider.System, log ?? (_ => { }));

    public static SimulatedTable NewTable(params string[] faults) => TableOf(Rig, faults);

    public static SimulatedTable TableOf(OpticalRig rig, params string[] faults)
    {
        ILookup<bool, NamedFault> all = faults.Select(NamedFault.Parse).ToLookup(fault => fault.Kind == FaultKind.AdcStuck);
        return new SimulatedTable(rig, new SecondHarmonicBench(new SecondHarmonicBenchOptions { Seed = 11, Serial = Serial, Threads = 1, Faults = [.. all[false]] }), [.. all[true]]);
    }

    public Task<OpticalSystem> OpenAsync(OpticalRig? rig = null, Action<string>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default) =>
        OpticalSystem.OpenAsync(rig ?? _rig, Address, time ?? TimeProvider.System, progress ?? (_ => { }), cancellation);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _commands.Dispose();
    }

    /// <summary>Shots whose amplitudes differ from one to the next.</summary>
    public static Stimulus Shots(int shots, ulong first = 0) =>
        new(first, shots, [.. Enumerable.Range(0, shots * 100).Select(i => (i * 37 % 101) / 101f)], []);
}
