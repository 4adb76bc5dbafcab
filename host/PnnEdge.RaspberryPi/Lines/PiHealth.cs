using System.Globalization;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Lines;

/// <summary>The interlock's line, the processor's temperature as the kernel tells it, and memory.</summary>
/// <param name="thermometer">A file with m°C.</param>
internal sealed class PiHealth(SafetyLines lines, string thermometer = "/sys/class/thermal/thermal_zone0/temp") : IBoardHealth
{
    public bool IsInterlockClosed() => lines.IsInterlockClosed();

    public int TemperatureMilliCelsius()
    {
        try
        {
            return int.TryParse(File.ReadAllText(thermometer), NumberStyles.Integer, CultureInfo.InvariantCulture, out int milliCelsius) ? milliCelsius : Heartbeat.NoTemperature;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Heartbeat.NoTemperature;
        }
    }

    public uint FreeMemoryBytes()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return (uint)Math.Clamp(memory.TotalAvailableMemoryBytes - memory.HeapSizeBytes, 0, uint.MaxValue);
    }

    public uint FreeNativeMemoryBytes() => 0;
}
