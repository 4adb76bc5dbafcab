using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>A device without threads: its loop comes round when a frame is laid in, and at no other time.</summary>
public sealed class SteppedDevice : IInProcessDevice
{
    private readonly Board _board;
    private readonly IConverters _converters;
    private readonly IBoardHealth _health;
    private readonly LoopbackLink _loopback = new();
    private readonly FaultyLink? _faultyLink;
    private readonly MemoryStorage _storage = new();
    private readonly HostCrc32 _crc = new();
    private uint _bootId = 1;
    private bool _restarts;

    /// <param name="clock">Moves by what <paramref name="converters"/> play.</param>
    /// <param name="faults">Those of the device are injected here.</param>
    public SteppedDevice(Board board, IConverters converters, IBoardHealth health, IDeviceClock clock, InjectedFaults faults)
    {
        (_board, _converters, _health, Clock) = (board, converters, health, clock);
        _faultyLink = faults.OfDevice.Count == 0 ? null : new FaultyLink(_loopback, faults.OfDevice, () => _restarts = true);
        Firmware = Boot();
    }

    public DeviceLoop Firmware { get; private set; }

    public IDeviceClock Clock { get; }

    public bool MayLoseFrames => _faultyLink is not null;

    public Action<byte[], int>? Said
    {
        get => _loopback.Sent;
        set => _loopback.Sent = value;
    }

    public void Turn() => Firmware.Step(0);

    public void Exchange(byte[] frame, int length)
    {
        _loopback.Put(frame, length);
        Firmware.Step(0);
    }

    public bool RestartWhenAsked()
    {
        if (!_restarts) { return false; }
        _restarts = false;
        _bootId++;
        Firmware = Boot();
        _faultyLink!.PowerOn();
        return true;
    }

    private DeviceLoop Boot()
    {
        IMessageLink link = _faultyLink is null ? _loopback : _faultyLink;
        return new DeviceLoop(_board, _converters, _health, link, Clock, _storage, _crc, _bootId);
    }
}
