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
        Dictionary<(string, ScpiAddress), Instrument> all = [];
        Instrument Of(string role, string dialect, string? address)
        {
            ScpiAddress at = address is null ? main : ScpiAddress.Parse(address);
            if (!all.TryGetValue((dialect, at), out Instrument? instrument))
            {
                all[(dialect, at)] = instrument = new Instrument(role, InstrumentDialect.Load(dialect), connect(at));
            }

            return instrument;
        }

        Laser = Of("laser", rig.Laser.Dialect, rig.Laser.Address);
        Monitor = Of("power monitor", rig.Laser.MonitorDialect ?? rig.Laser.Dialect, rig.Laser.MonitorDialect is null ? rig.Laser.Address : rig.Laser.MonitorAddress);
        Spectrometer = Of("spectrometer", rig.Spectrometer.Dialect, rig.Spectrometer.Address);
        Shaper = rig.Shaper.Dialect is null ? null : Of("pulse shaper", rig.Shaper.Dialect, rig.Shaper.Address);
        All = [.. all.Values];
        if ((rig.Shaper.Dialect is null) == (rig.Shaper.Display is null))
        {
            throw new PhysicalSystemException($"Rig {rig.Name} has {(Shaper is null ? "neither a dialect nor a display" : "both a dialect and a display")} for its shaper; it takes one of them.");
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
