using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Clocks;

/// <summary>A device clock that runs with the host's monotonic time: for a device in its own process, whose lease is real.</summary>
public sealed class TimeProviderClock(TimeProvider time) : IDeviceClock
{
    private readonly long _start = time.GetTimestamp();

    public long Millis() => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    public long Micros() => (long)time.GetElapsedTime(_start).TotalMicroseconds;
}
