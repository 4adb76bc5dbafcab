using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Physics.Channel;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>The simulated board's interlock chain, which a test opens, its thermometer and its memory.</summary>
/// <param name="newestShot">Logical index of the last shot played: the time that the room's temperature knows.</param>
/// <param name="faults">Those of the room warm the board as they warm the bench beside it.</param>
public sealed class VirtualHealth(Func<ulong> newestShot, InjectedFaults faults) : IBoardHealth
{
    /// <summary>Ours.</summary>
    private const double RoomCelsius = 25;

    /// <summary>Where temp.ramp ends, as the catalogue says.</summary>
    private const double MostKelvin = 60;

    private volatile bool _interlockClosed = true;

    public bool InterlockClosed
    {
        get => _interlockClosed;
        set => _interlockClosed = value;
    }

    bool IBoardHealth.IsInterlockClosed() => _interlockClosed;

    int IBoardHealth.TemperatureMilliCelsius() => (int)Math.Round(1000 * (RoomCelsius + Kelvin(newestShot())));

    uint IBoardHealth.FreeMemoryBytes()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long free = memory.TotalAvailableMemoryBytes - memory.HeapSizeBytes;
        return (uint)Math.Clamp(free, 0, uint.MaxValue);
    }

    uint IBoardHealth.FreeNativeMemoryBytes() => 0;

    /// <summary>What the room's ramps have added until a shot, K.</summary>
    private double Kelvin(ulong shot) => Math.Clamp(
        faults.OfRoom.Where(ramp => ramp.HasBegun(shot))
            .Sum(ramp => ramp.Magnitude * (NamedFault.RunningNumber(shot) - ramp.FirstShot) / FaultCatalog.ShotsPerRampUnit),
        -MostKelvin, MostKelvin);
}
