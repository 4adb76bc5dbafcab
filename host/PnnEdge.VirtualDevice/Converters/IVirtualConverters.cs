using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>What a test and the board's health want to know of simulated converters, beside what the firmware asks of them.</summary>
public interface IVirtualConverters : IConverters
{
    /// <summary>Time spent computing physics since start, s.</summary>
    double ComputeSeconds { get; }

    /// <summary>Logical index of the last shot played; 0 before the first.</summary>
    ulong NewestShot { get; }

    /// <summary>The enable line: up only between pulses of an armed loop.</summary>
    bool IsEnabled { get; }

    /// <summary>What the static outputs are set to now, [actuator], V.</summary>
    float[] ActuatorVolts();
}
