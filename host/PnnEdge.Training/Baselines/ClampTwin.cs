using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Baselines;

/// <summary>A wire in the physics' place: each window is its data slot. What is left of a hybrid network are its digital layers and the clamp to the drive range.</summary>
public sealed class ClampTwin : ITwin
{
    private readonly SlotPlan _plan;

    /// <exception cref="ArgumentException">Windows and data slots do not pair.</exception>
    public ClampTwin(SlotPlan plan, int actuators)
    {
        if (plan.Windows != plan.DataSlots)
        {
            throw new ArgumentException($"A wire carries each data slot to its window; {plan.DataSlots} data slots and {plan.Windows} windows do not pair.", nameof(plan));
        }

        (_plan, Actuators) = (plan, actuators);
    }

    public int Slots => _plan.Slots;

    public int Actuators { get; }

    public int Outputs => _plan.Windows;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < Outputs; w++) { y[(s * Outputs) + w] = slots[(s * Slots) + _plan.DataSlotAt[w]]; }
        }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        dslots.Clear();
        dactuators.Clear();
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < Outputs; w++) { dslots[(s * Slots) + _plan.DataSlotAt[w]] = dy[(s * Outputs) + w]; }
        }
    }
}
