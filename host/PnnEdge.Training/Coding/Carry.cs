using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Coding;

/// <summary>What the next layer receives: carried = (window − mean)/spread + skip·unit, the unit decoded from what was really applied.</summary>
public static class Carry
{
    /// <param name="windows">[shot, window], V.</param>
    /// <param name="applied">[shot, slot], V.</param>
    /// <param name="skip">Skip gain, or null for none; needs as many windows as data slots.</param>
    /// <param name="carried">[shot, window], 1; overwritten.</param>
    public static void Forward(
        ReadOnlySpan<float> windows, ReadOnlySpan<float> applied, int shots, SlotPlan plan, VoltRange range, OutputScale scale, float? skip,
        Span<float> carried)
    {
        int inputs = applied.Length / shots;
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                int at = (s * plan.Windows) + w;
                carried[at] = (windows[at] - scale.MeanVolts) / scale.SpreadVolts;
                if (skip is float gain) { carried[at] += gain * Unit(applied[(s * inputs) + plan.DataSlotAt[w]], range); }
            }
        }
    }

    /// <param name="dcarried">[shot, window], ∂loss/∂carried.</param>
    /// <param name="dwindows">[shot, window], 1/V; overwritten.</param>
    /// <param name="dunit">[shot, data slot], ∂loss/∂unit through the skip; overwritten, zero without one.</param>
    /// <param name="dskip">Added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> applied, int shots, SlotPlan plan, VoltRange range, OutputScale scale, float? skip, ReadOnlySpan<float> dcarried,
        Span<float> dwindows, Span<float> dunit, ref float dskip)
    {
        int inputs = applied.Length / shots;
        double skipSum = 0;
        dunit.Clear();
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                int at = (s * plan.Windows) + w;
                dwindows[at] = dcarried[at] / scale.SpreadVolts;
                if (skip is float gain)
                {
                    dunit[at] = gain * dcarried[at];
                    skipSum += (double)dcarried[at] * Unit(applied[(s * inputs) + plan.DataSlotAt[w]], range);
                }
            }
        }

        dskip += (float)skipSum;
    }

    private static float Unit(float volts, VoltRange range) => (volts - range.MinVolts) / (range.MaxVolts - range.MinVolts);
}

/// <summary>A fixed scale for measured windows, taken from the twin's random shots.</summary>
/// <param name="MeanVolts">Mean over shots and windows, V.</param> <param name="SpreadVolts">Standard deviation over shots and windows, V.</param>
public readonly record struct OutputScale(float MeanVolts, float SpreadVolts);
