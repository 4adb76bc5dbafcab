using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Coding;

/// <summary>What was really applied, as the twin takes it: the mean volt of each slot.</summary>
public static class AppliedSlots
{
    /// <param name="applied">[shot, slot], V; overwritten.</param>
    public static void Forward(Measurement measurement, SlotPlan plan, Span<float> applied)
    {
        int samples = measurement.AppliedVolts.Length / measurement.Shots;
        for (int s = 0; s < measurement.Shots; s++)
        {
            ReadOnlySpan<float> shot = measurement.AppliedVolts.AsSpan(s * samples, samples);
            Span<float> row = applied.Slice(s * plan.Slots, plan.Slots);
            for (int slot = 0; slot < plan.Slots; slot++) { row[slot] = Means.Of(shot.Slice(slot * plan.HoldSamples, plan.HoldSamples)); }
        }
    }
}
