namespace PnnEdge.Training.Coding;

/// <summary>Measured samples to window means.</summary>
public static class WindowDecoder
{
    /// <param name="volts">[shot, sample], V, measured.</param> <param name="windows">[shot, window], V; overwritten.</param>
    public static void Forward(ReadOnlySpan<float> volts, int shots, SlotPlan plan, Span<float> windows)
    {
        int samples = volts.Length / shots;
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                int start = plan.WindowStart(w);
                windows[(s * plan.Windows) + w] = Means.Of(volts.Slice((s * samples) + start, plan.WindowStart(w + 1) - start));
            }
        }
    }
}
