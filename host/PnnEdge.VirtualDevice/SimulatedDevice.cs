using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice;

/// <summary>
/// The firmware's own device loop on simulated converters and physics. What a real board's Main does, this does: choose the firmware, build the
/// ports, start the threads, stop safe.
/// </summary>
public sealed class SimulatedDevice : IDisposable, IRestart
{
    private readonly Board _board;
    private readonly IMessageLink _link;
    private readonly FaultyLink? _faultyLink;
    private readonly IStorage _storage;
    private readonly TimeProvider _time;
    private readonly ILocalInput? _input;
    private readonly VirtualFirmware _firmware;
    private readonly Lock _power = new();
    private DeviceThreads _threads;
    private uint _bootId;
    private bool _isOn;
    private bool _hangs;

    /// <param name="sampleRateHz">The rate of <paramref name="bench"/>'s equations.</param>
    /// <param name="bootId">Drawn by the caller at every start, not 0; a restart by fault counts on from it.</param>
    /// <param name="input">What the board can look at by itself; null for nothing.</param>
    /// <param name="firmware">What becomes of a package that is started; null for one that always works.</param>
    /// <param name="unit">What is not exact about the board's converters; null for exact ones.</param>
    public SimulatedDevice(
        Board board, IBenchPhysics bench, double sampleRateHz, IMessageLink link, IStorage storage, TimeProvider time, Pacing pacing,
        InjectedFaults faults, uint bootId, ILocalInput? input = null, VirtualFirmware? firmware = null, ConverterUnit? unit = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bootId);
        (_board, _storage, _time, _bootId, _input) = (board, storage, time, bootId, input);
        _firmware = firmware ?? new VirtualFirmware(board.FirmwareVersion, static _ => VirtualStart.Works);
        _faultyLink = faults.OfDevice.Count == 0 ? null : new FaultyLink(link, faults.OfDevice, Restart);
        _link = _faultyLink ?? link;
        Converters = BoardConverters.Of(board, bench, sampleRateHz, faults, time, pacing, shotClock: null, unit: unit);
        Health = new VirtualHealth(() => Converters.NewestShot, faults);
        (Loop, _threads) = Boot();
    }

    /// <summary>Of the newest boot.</summary>
    public DeviceLoop Loop { get; private set; }

    public IVirtualConverters Converters { get; }

    public VirtualHealth Health { get; }

    public void Start()
    {
        lock (_power)
        {
            _isOn = true;
            StartThreads();
        }
    }

    /// <summary>Ends the device's threads with its outputs safe.</summary>
    public void Dispose()
    {
        lock (_power)
        {
            if (_isOn)
            {
                _isOn = false;
                StopThreads();
            }
        }
    }

    /// <summary>Called on the loop's own thread, which cannot wait for its own end.</summary>
    public void Restart() => ThreadPool.UnsafeQueueUserWorkItem(static self => self.Reboot(), this, preferLocal: false);

    private (DeviceLoop Loop, DeviceThreads Threads) Boot()
    {
        (BootInfo boot, _hangs) = _firmware.Start(_board, _storage);
        TimeProviderClock clock = new(_time);
        HostCrc32 crc = new();
        UpdateShelf updates = new(_board, _storage, crc, new HostMac(), boot, this);
        DeviceLoop loop = new(_board, Converters, Health, _link, clock, _storage, crc, _bootId, new HostMac(), _input, updates);
        return (loop, new DeviceThreads(loop, _board, Converters, clock));
    }

    private void StartThreads()
    {
        if (!_hangs) { _threads.Start(); }
    }

    private void StopThreads()
    {
        if (!_hangs) { _threads.Stop(); }
    }

    private void Reboot()
    {
        lock (_power)
        {
            if (_isOn)
            {
                StopThreads();
                _bootId = _bootId == uint.MaxValue ? 1 : _bootId + 1;
                (Loop, _threads) = Boot();
                _faultyLink?.PowerOn();
                StartThreads();
            }
        }
    }
}
