using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice;

/// <summary>
/// The firmware's own device loop on simulated converters and physics. What a real board's Main does, this does: build the
/// ports, start the threads, stop safe.
/// </summary>
public sealed class SimulatedDevice : IDisposable
{
    private readonly DeviceThreads _threads;
    private bool _started;

    /// <param name="sampleRateHz">The rate of <paramref name="bench"/>'s equations.</param>
    /// <param name="bootId">Drawn by the caller at every start, not 0.</param>
    public SimulatedDevice(
        Board board, IBenchPhysics bench, double sampleRateHz, IMessageLink link, IStorage storage, TimeProvider time, Pacing pacing,
        ConverterFaults faults, uint bootId)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bootId);
        TimeProviderClock clock = new(time);
        Health = new VirtualHealth();
        Converters = new VirtualConverters(board, bench, sampleRateHz, faults, time, pacing, shotClock: null);
        Loop = new DeviceLoop(board, Converters, Health, link, clock, storage, new HostCrc32(), bootId);
        _threads = new DeviceThreads(Loop, board, Converters, clock);
    }

    public DeviceLoop Loop { get; }

    public VirtualConverters Converters { get; }

    public VirtualHealth Health { get; }

    public void Start()
    {
        _started = true;
        _threads.Start();
    }

    /// <summary>Ends the device's threads with its outputs safe.</summary>
    public void Dispose()
    {
        if (_started)
        {
            _started = false;
            _threads.Stop();
        }
    }
}
