using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>The simulated board's interlock chain, thermometer and memory; a test or a console moves them.</summary>
public sealed class VirtualHealth : IBoardHealth
{
    private volatile bool _interlockClosed = true;
    private volatile int _temperatureMilliCelsius = 25_000;

    public bool InterlockClosed
    {
        get => _interlockClosed;
        set => _interlockClosed = value;
    }

    public double TemperatureCelsius
    {
        get => _temperatureMilliCelsius / 1000.0;
        set => _temperatureMilliCelsius = (int)(value * 1000);
    }

    bool IBoardHealth.IsInterlockClosed() => _interlockClosed;

    int IBoardHealth.TemperatureMilliCelsius() => _temperatureMilliCelsius;

    uint IBoardHealth.FreeMemoryBytes()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long free = memory.TotalAvailableMemoryBytes - memory.HeapSizeBytes;
        return (uint)Math.Clamp(free, 0, uint.MaxValue);
    }
}
