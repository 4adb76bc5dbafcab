using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Lines;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.RaspberryPi.Systems;

/// <summary>
/// A bench on a Pi's own buses as a physical system: the firmware's device loop, with its lease, limits and watchdog, on the rig's chips. Outputs
/// are safe and the enable line is low before anything else, after anything that went wrong, when the lease lapses and at the end.
/// </summary>
public sealed class PiSystem : IPhysicalSystem
{
    private readonly InProcessSystem _inner;
    private readonly IConverters _converters;
    private readonly TimeProvider _time;
    private readonly IDisposable[] _outermostFirst;
    private double _seconds;
    private bool _isOver;

    private PiSystem(InProcessSystem inner, IConverters converters, TimeProvider time, IDisposable[] outermostFirst)
    {
        (_inner, _converters, _time, _outermostFirst) = (inner, converters, time, outermostFirst);
        AppDomain.CurrentDomain.ProcessExit += MakeSafeAtExit;
    }

    public SystemDescription Description => _inner.Description;

    public SystemUsage Usage => _inner.Usage with { PhysicsSeconds = _seconds };

    /// <summary>This computer's own buses.</summary>
    /// <exception cref="PhysicalSystemException">One sentence.</exception>
    public static PiSystem Open(PiRig rig, ShotShape shot, TimeProvider time) => OpenOn(rig, new KernelBuses(rig), simulated: false, shot, time);

    /// <summary>Simulated chips in front of a simulated bench, on a clock of their own that only playing moves: as fast as it can be computed.</summary>
    /// <param name="faults">Of the chips and of the device in front of them; null for none.</param>
    /// <exception cref="PhysicalSystemException">One sentence.</exception>
    /// <exception cref="ArgumentException">A fault of a bit or an output that the rig does not have; one sentence.</exception>
    public static PiSystem OpenSimulated(PiRig rig, IBenchPhysics bench, ShotShape shot, TimeProvider time, InjectedFaults? faults = null) =>
        OpenSimulated(new SimulatedPi(rig, bench, faults), shot, time);

    internal static PiSystem OpenSimulated(SimulatedPi pi, ShotShape shot, TimeProvider time) => Open(pi.Rig, pi, simulated: true, shot, time, pi.Clock, (board, converters, health) =>
    {
        IConverters watched = pi.Watch(converters);
        return (new SteppedDevice(board, watched, health, pi.Clock, pi.Faults), watched, null);
    });

    /// <summary>On threads and the host's time.</summary>
    internal static PiSystem OpenOn(PiRig rig, PiBuses buses, bool simulated, ShotShape shot, TimeProvider time)
    {
        IDeviceClock clock = new TimeProviderClock(time);
        return Open(rig, buses, simulated, shot, time, clock, (board, converters, health) =>
        {
            var device = new RunningDevice(board, converters, health, clock);
            return (device, converters, device);
        });
    }

    private delegate (IInProcessDevice Device, IConverters Converters, IDisposable? Owned) Starter(Board board, IConverters converters, IBoardHealth health);

    private static PiSystem Open(PiRig rig, PiBuses buses, bool simulated, ShotShape shot, TimeProvider time, IDeviceClock clock, Starter start)
    {
        List<IDisposable> parts = [];
        try
        {
            Board board = PiBoard.Describe(rig, simulated);

            // The enable line first: until it pulses the bench is not connected, whatever the chips do.
            var lines = Kept(parts, new SafetyLines(buses.OpenLines(), rig.Safety));
            var chips = Kept(parts, new ChipSet(rig, buses));
            var converters = new WordConverters(board, [chips.Stimulus], [chips.Measurement], chips.Actuators, lines, clock);
            (IInProcessDevice device, IConverters used, IDisposable? owned) = start(board, converters, new PiHealth(lines));
            if (owned is not null) { parts.Add(owned); }
            var inner = new InProcessSystem(rig.Name, board, rig.SampleRateHz, shot, (uint)rig.SettleMilliseconds * 1000, device, () => 0);
            return new PiSystem(inner, used, time, [.. parts]);
        }
        catch
        {
            foreach (IDisposable part in Enumerable.Reverse(parts)) { part.Dispose(); }
            throw;
        }
    }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        try
        {
            return await _inner.RunAsync(stimulus, cancellation);
        }
        catch
        {
            StandDown();
            throw;
        }
        finally
        {
            _seconds += _time.GetElapsedTime(start).TotalSeconds;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_isOver) { return ValueTask.CompletedTask; }
        _isOver = true;
        AppDomain.CurrentDomain.ProcessExit -= MakeSafeAtExit;
        StandDown();
        foreach (IDisposable part in Enumerable.Reverse(_outermostFirst)) { part.Dispose(); }
        return ValueTask.CompletedTask;
    }

    private void StandDown()
    {
        try
        {
            _inner.StandDown();
        }
        catch (PhysicalSystemException)
        {
            // A device that does not obey: what made it so is being told.
            _converters.MakeSafe();
        }
    }

    /// <summary>A second Ctrl-C ends the process without asking anybody.</summary>
    internal void MakeSafeAtExit(object? sender, EventArgs e) => _converters.MakeSafe();

    private static T Kept<T>(List<IDisposable> parts, T part) where T : IDisposable
    {
        parts.Add(part);
        return part;
    }
}
