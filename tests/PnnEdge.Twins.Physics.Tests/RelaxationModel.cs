using PnnEdge.Physics;

namespace PnnEdge.Twins.Physics.Tests;

/// <summary>v ← v + a(u + bias − v) − b·v³ once a sample, from rest: the smallest system with memory, bend, two constants and an actuator.</summary>
internal sealed class RelaxationModel(double a = 0.3, double b = 0.05) : IPhysicsModel
{
    public string Name => "relaxation";

    public int ActuatorCount => 1;

    public IReadOnlyList<PhysicalConstant> Constants { get; } = [new("a", a, 0.05, 0.9, "1"), new("b", b, 0, 0.2, "1/V²")];

    public IPhysicsModel AtConstants(ReadOnlySpan<double> constants)
    {
        PhysicalConstant.Require(Name, Constants, constants);
        return new RelaxationModel(constants[0], constants[1]);
    }

    public void Forward(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        double v = 0;
        for (int i = 0; i < shots * samplesPerShot; i++)
        {
            if (i % samplesPerShot == 0) { v = 0; }
            v += (a * (driveVolts[i] + actuatorVolts[0] - v)) - (b * v * v * v);
            nodeVolts[i] = (float)v;
        }
    }

    public void Vjp(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode,
        Span<float> ddrive, Span<float> dactuators)
    {
        float[] node = new float[driveVolts.Length];
        Forward(shots, samplesPerShot, driveVolts, actuatorVolts, node);
        double dv = 0;
        dactuators[0] = 0;
        for (int i = node.Length - 1; i >= 0; i--)
        {
            if (i % samplesPerShot == samplesPerShot - 1) { dv = 0; }
            dv += dnode[i];
            ddrive[i] = (float)(a * dv);
            dactuators[0] += ddrive[i];
            double before = i % samplesPerShot == 0 ? 0 : node[i - 1];
            dv *= 1 - a - (3 * b * before * before);
        }
    }
}
