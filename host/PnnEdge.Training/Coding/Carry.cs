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
                carried[at] = (windows[at] - scale.MeanVolts[w]) / scale.SpreadVolts[w];
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
                dwindows[at] = dcarried[at] / scale.SpreadVolts[w];
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

/// <summary>A fixed scale for each measured window, taken from the twin's random shots.</summary>
/// <param name="MeanVolts">[window], V.</param> <param name="SpreadVolts">[window], V, above 0.</param>
public sealed record OutputScale(float[] MeanVolts, float[] SpreadVolts)
{
    /// <summary>A window that hardly moves is not blown up beyond this share of the others' spread.</summary>
    private const double LeastShare = 0.05;

    /// <summary>Volts as they are.</summary>
    public static OutputScale None(int windows) => Same(windows, 0, 1);

    public static OutputScale Same(int windows, float meanVolts, float spreadVolts) =>
        new([.. Enumerable.Repeat(meanVolts, windows)], [.. Enumerable.Repeat(spreadVolts, windows)]);

    /// <summary>Mean and standard deviation of each window.</summary>
    /// <param name="windows">[shot, window], V.</param>
    /// <exception cref="PhysicalSystemException">Nothing moved.</exception>
    public static OutputScale Of(ReadOnlySpan<float> windows, int shots)
    {
        int count = windows.Length / shots;
        double[] mean = new double[count], variance = new double[count];
        for (int i = 0; i < windows.Length; i++) { mean[i % count] += windows[i] / (double)shots; }
        for (int i = 0; i < windows.Length; i++) { variance[i % count] += Math.Pow(windows[i] - mean[i % count], 2) / shots; }
        double typical = Math.Sqrt(variance.Average());
        return typical > 0 && double.IsFinite(typical)
            ? new OutputScale([.. mean.Select(m => (float)m)], [.. variance.Select(v => (float)Math.Max(Math.Sqrt(v), LeastShare * typical))])
            : throw new PhysicalSystemException($"Random shots moved the output by {typical} V; is the drive connected to the measuring input?");
    }
}
