using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>The same few shots whenever they are asked for: all slots at the low end, all at the high end, the rest fixed random ones; actuators at their centre.</summary>
public sealed class ReferenceFrames
{
    private const int Constant = 2;

    private readonly SlotPlan _plan;
    private readonly VoltRange _range;
    private readonly float[] _unit; // [frame, slot]

    public ReferenceFrames(SlotPlan plan, VoltRange driveRange, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Constant + 1);
        (_plan, _range, Count) = (plan, driveRange, count);
        _unit = new float[count * plan.Slots];
        _unit.AsSpan(plan.Slots, plan.Slots).Fill(1f);
        RandomShots.Fill(new SeededRandom(seed: 0, stream: 0x4EF), count - Constant, plan.Slots, _unit.AsSpan(Constant * plan.Slots));
    }

    public int Count { get; }

    /// <returns>[frame, sample], V.</returns>
    public async Task<float[]> MeasureAsync(IPhysicalSystem system, ulong firstShot, CancellationToken cancellation)
    {
        float[] centre = new float[system.Description.ActuatorCount];
        centre.AsSpan().Fill(0.5f);
        Measurement measured = await system.RunAsync(
            RandomShots.ToStimulus(firstShot, _unit, centre, Count, _plan, _range, system.Description), cancellation);
        return measured.Volts;
    }
}
