using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>The codecs' own time: it moves when samples are waited for, and a microsecond at every look, so that waiting ends.</summary>
internal sealed class CodecClock : IDeviceClock
{
    private long _micros;

    public long Millis() => Micros() / 1000;

    public long Micros() => ++_micros;

    public void Advance(long micros) => _micros += micros;
}
