using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Clocks;

/// <summary>A device clock on which only played shots take time: as fast as possible, and no lease lapses while a host thinks.</summary>
public sealed class ShotClock : IDeviceClock
{
    private long _micros;

    public long Millis() => _micros / 1000;

    public long Micros() => _micros;

    /// <summary>A block occupied the converters for this long, µs.</summary>
    public void Advance(long micros) => _micros += micros;
}
