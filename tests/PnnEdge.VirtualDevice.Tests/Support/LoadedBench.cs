using PnnEdge.Physics;

namespace PnnEdge.VirtualDevice.Tests.Support;

/// <summary>A bench that is loaded first and read afterwards: what comes back is what was loaded, shifted by the sum of all actuators.</summary>
public sealed class LoadedBench(int loaded, int actuators) : IBenchPhysics
{
    public string Name => "loaded";

    public int ActuatorCount => actuators;

    /// <summary>[call][actuator], V.</summary>
    public List<float[]> Actuators { get; } = [];

    /// <summary>[call]: logical index of the first shot.</summary>
    public List<ulong> FirstShots { get; } = [];

    public void Run(
        ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        FirstShots.Add(firstShot);
        Actuators.Add(actuatorVolts.ToArray());
        double shift = 0;
        foreach (float volts in actuatorVolts)
        {
            shift += volts;
        }

        for (int i = 0; i < nodeVolts.Length; i++)
        {
            nodeVolts[i] = i % samplesPerShot < loaded ? 0 : driveVolts[i - loaded] + (float)shift;
        }
    }
}
