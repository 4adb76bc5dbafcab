namespace PnnEdge.Physics;

/// <summary>Output = input: what is left when a link or a device loop is measured without physics.</summary>
public sealed class EchoBench : IBenchPhysics
{
    public EchoBench(int actuatorCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actuatorCount);
        ActuatorCount = actuatorCount;
    }

    public string Name => "echo";

    /// <summary>Accepted and without effect.</summary>
    public int ActuatorCount { get; }

    public void Run(
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts)
    {
        BenchShape.Require(Name, ActuatorCount, shots, samplesPerShot, driveVolts.Length, actuatorVolts.Length, nodeVolts.Length);
        driveVolts.CopyTo(nodeVolts);
    }
}
