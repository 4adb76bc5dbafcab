using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Coding;

/// <summary>Units onto volts: clamps to the drive range and counts what it clamped, interleaves θ with the data, holds each slot.</summary>
public static class SlotEncoder
{
    /// <param name="unit">[shot, data slot], 1.</param> <param name="theta">[branch, parameter slot], 1; branches take turns shot by shot.</param>
    /// <param name="range">The part of the system's range that units 0 to 1 span.</param>
    /// <param name="volts">[shot, sample], V; overwritten.</param>
    /// <returns>Slots clamped, over all shots.</returns>
    /// <exception cref="InvalidOperationException">A unit is not finite: the training diverged.</exception>
    public static int Forward(ReadOnlySpan<float> unit, ReadOnlySpan<float> theta, int shots, SlotPlan plan, VoltRange range, Span<float> volts)
    {
        int samples = volts.Length / shots, clamped = 0, branches = Branches(theta, plan);
        volts.Fill(Math.Clamp(0, range.MinVolts, range.MaxVolts));
        for (int s = 0; s < shots; s++)
        {
            Span<float> shot = volts.Slice(s * samples, samples);
            for (int i = 0; i < plan.DataSlots; i++) { Hold(shot, plan, plan.DataSlotAt[i], ToVolts(unit[(s * plan.DataSlots) + i], range, ref clamped)); }
            for (int i = 0; i < plan.ParameterSlots; i++) { Hold(shot, plan, plan.ParameterSlotAt[i], ToVolts(theta[(s % branches * plan.ParameterSlots) + i], range, ref clamped)); }
        }

        return clamped;
    }

    /// <summary>Straight through the converter's steps, zero where the unit was clamped.</summary>
    /// <param name="unit">[shot, data slot], as given to Forward.</param> <param name="theta">[branch, parameter slot], as given to Forward.</param>
    /// <param name="dslot">[shot, slot], ∂loss/∂volt of each slot, 1/V.</param>
    /// <param name="dunit">[shot, data slot]; added to where the unit was not clamped, set to zero where it was.</param>
    /// <param name="dtheta">[branch, parameter slot]; added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> unit, ReadOnlySpan<float> theta, int shots, SlotPlan plan, VoltRange range,
        ReadOnlySpan<float> dslot, Span<float> dunit, Span<float> dtheta)
    {
        float span = range.MaxVolts - range.MinVolts;
        int branches = Branches(theta, plan);
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> row = dslot.Slice(s * plan.Slots, plan.Slots);
            for (int i = 0; i < plan.DataSlots; i++)
            {
                int at = (s * plan.DataSlots) + i;
                dunit[at] = Inside(unit[at]) ? dunit[at] + (span * row[plan.DataSlotAt[i]]) : 0;
            }

            for (int i = 0; i < plan.ParameterSlots; i++)
            {
                int at = (s % branches * plan.ParameterSlots) + i;
                if (Inside(theta[at])) { dtheta[at] += span * row[plan.ParameterSlotAt[i]]; }
            }
        }
    }

    /// <summary>One unit as a volt of the range, clamped.</summary>
    public static float ToVolts(float unit, VoltRange range, ref int clamped)
    {
        if (!float.IsFinite(unit))
        {
            throw new InvalidOperationException($"The network asks for {unit} of its drive range of {range}; the training diverged, try a lower learning rate.");
        }

        if (!Inside(unit)) { clamped++; }
        return Math.Clamp(range.MinVolts + (unit * (range.MaxVolts - range.MinVolts)), range.MinVolts, range.MaxVolts);
    }

    public static bool Inside(float unit) => unit >= 0 && unit <= 1;

    private static int Branches(ReadOnlySpan<float> theta, SlotPlan plan) => plan.ParameterSlots == 0 ? 1 : theta.Length / plan.ParameterSlots;

    private static void Hold(Span<float> shot, SlotPlan plan, int slot, float volts) => shot.Slice(slot * plan.HoldSamples, plan.HoldSamples).Fill(volts);
}
