namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>The device's monotonic clock: never set, never backwards.</summary>
    public interface IDeviceClock
    {
        /// <summary>Since start, ms.</summary>
        long Millis();

        /// <summary>Since start, µs.</summary>
        long Micros();
    }
}
