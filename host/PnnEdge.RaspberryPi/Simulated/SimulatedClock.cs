using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>A device clock that a busy wait moves on, and nothing else: reading it in µs takes a tick.</summary>
/// <param name="tickMicros">Small against a sample.</param>
internal sealed class SimulatedClock(long tickMicros) : IDeviceClock
{
    /// <summary>Without a tick.</summary>
    public long NowMicros { get; private set; }

    public long Millis() => NowMicros / 1000;

    public long Micros() => NowMicros += tickMicros;
}
