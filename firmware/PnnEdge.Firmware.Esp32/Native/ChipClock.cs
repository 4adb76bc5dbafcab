using nanoFramework.Hardware.Esp32;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The chip's 64-bit microsecond timer: since start, never set.</summary>
    public sealed class ChipClock : IDeviceClock
    {
        public long Millis() => Micros() / 1000;

        public long Micros() => (long)HighResTimer.GetCurrent();
    }
}
