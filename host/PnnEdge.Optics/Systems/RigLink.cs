using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>A rig's instruments. Roles that one dialect has at one address are one instrument with one connection.</summary>
public sealed class RigLink : IAsyncDisposable
{
    private readonly OpticalRig _rig;

    /// <param name="main">Where instruments are that the rig gives no address.</param>
    /// <param name="connect">From an address; tests hand in their own.</param>
    /// <exception cref="InvalidDataException">A dialect cannot be read.</exception>
    /// <exception cref="PhysicalSystemException">A role is without an instrument.</exception>
    public RigLink(OpticalRig rig, ScpiAddress main, Func<ScpiAddress, ScpiConnection> connect)
    {
        _rig = rig;
        if ((rig.Shaper.Dialect is null) == (rig.Shaper.Display is null))
        {
            throw new PhysicalSystemException($"Rig {rig.Name} has {(rig.Shaper.Dialect is null ? "neither a dialect nor a display" : "both a dialect and a display")} for its shaper; it takes one of them.");
        }

        LaserSettings laser = rig.Laser;
        ScpiAddress At(string? address) => address is null ? main : ScpiAddress.Parse(address);
        (string Role, string? Dialect, ScpiAddress At)[] roles =
        [
            ("laser", laser.Dialect, At(laser.Address)),
            ("power monitor", laser.MonitorDialect ?? laser.Dialect, At(laser.MonitorDialect is null ? laser.Address : laser.MonitorAddress)),
            ("spectrometer", rig.Spectrometer.Dialect, At(rig.Spectrometer.Address)),
            ("pulse shaper", rig.Shaper.Dialect, At(rig.Shaper.Address)),
        ];
        Dictionary<(string?, ScpiAddress), Instrument> all = [];
        foreach (var one in roles.Where(role => role.Dialect is not null).GroupBy(role => (role.Dialect, role.At)))
        {
            string name = one.Count() == 1 ? one.First().Role : "instrument"; // of several roles
            all[one.Key] = new Instrument(name, InstrumentDialect.Load(one.Key.Dialect!), connect(one.Key.At));
        }

        Instrument? Of(int role) => all.GetValueOrDefault((roles[role].Dialect, roles[role].At));
        (Laser, Monitor, Spectrometer, Shaper) = (Of(0)!, Of(1)!, Of(2)!, Of(3));
        All = [.. all.Values];
        if (laser.HoldSeconds > 0 && !Laser.Dialect.Knows(Operation.ShutterHold))
        {
            throw new PhysicalSystemException($"Rig {rig.Name} asks for hold_seconds {laser.HoldSeconds}; its laser's dialect {laser.Dialect} has no command for {Operation.ShutterHold}, so nothing would close the shutter then.");
        }
    }

    public Instrument Laser { get; }

    public Instrument Monitor { get; }

    public Instrument Spectrometer { get; }

    /// <summary>Null where the modulator is a display.</summary>
    public Instrument? Shaper { get; }

    /// <summary>The laser's first.</summary>
    public IReadOnlyList<Instrument> All { get; }

    /// <summary>Nothing behind it is hardware.</summary>
    public bool Simulated => All.All(instrument => instrument.Dialect.Simulated);

    /// <summary>Connects all; the shutter closes before another instrument is spoken to.</summary>
    public async Task OpenAsync()
    {
        await Laser.OpenAsync();
        await Laser.DoAsync(Operation.ShutterClose);
        foreach (Instrument instrument in All.Skip(1)) { await instrument.OpenAsync(); }
        foreach (Instrument instrument in All)
        {
            await instrument.DoIfKnownAsync(Operation.Clear);
            await instrument.DoIfKnownAsync(Operation.Prepare);
        }

        await Laser.DoAsync(Operation.ShutterClose); // its own preparation may have moved it
        if (_rig.Spectrometer.IntegrationSeconds > 0) { await Spectrometer.DoIfKnownAsync(Operation.Integration, new CommandArgument(Value: _rig.Spectrometer.IntegrationSeconds)); }
        await Spectrometer.DoAsync(Operation.Averages, new CommandArgument(Count: (ulong)_rig.Spectrometer.Averages));
        foreach (Instrument instrument in All) { await instrument.RequireNoErrorAsync("its preparation"); }
    }

    public async Task CloseAsync()
    {
        foreach (Instrument instrument in All) { await instrument.CloseAsync(); }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
