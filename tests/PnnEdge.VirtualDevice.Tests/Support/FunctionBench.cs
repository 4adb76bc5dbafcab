using PnnEdge.Physics;

namespace PnnEdge.VirtualDevice.Tests.Support;

/// <summary>A bench without memory: node = f(drive, first actuator). Keeps what it was driven with.</summary>
public sealed class FunctionBench(int actuators, Func<float, float, float> law) : IBenchPhysics
{
    public string Name => "function";

    public int ActuatorCount => actuators;

    /// <summary>Called before anything is computed.</summary>
    public Action? Hook { get; set; }

    /// <summary>[shot, sample], V, of the newest call.</summary>
    public float[] Driven { get; private set; } = [];

    public void Run(
        ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        Hook?.Invoke();
        Driven = driveVolts.ToArray();
        for (int i = 0; i < driveVolts.Length; i++)
        {
            nodeVolts[i] = law(driveVolts[i], actuators > 0 ? actuatorVolts[0] : 0f);
        }
    }
}
