using PnnEdge.Training.Coding;

namespace PnnEdge.Twins.Physics;

/// <summary>From slots to a shot's samples, and from the samples at the node to windows.</summary>
internal static class HeldShots
{
    /// <param name="slots">[shot, slot], V.</param> <param name="drive">[shot, sample], V; overwritten, at rest behind the last slot.</param>
    public static void Hold(ReadOnlySpan<float> slots, int shots, SlotPlan plan, float restVolts, Span<float> drive)
    {
        int samples = plan.Shot.Samples;
        drive.Fill(restVolts);
        for (int s = 0; s < shots; s++)
        {
            for (int slot = 0; slot < plan.Slots; slot++)
            {
                drive.Slice((s * samples) + (slot * plan.HoldSamples), plan.HoldSamples).Fill(slots[(s * plan.Slots) + slot]);
            }
        }
    }

    /// <param name="ddrive">[shot, sample], ∂loss/∂sample, 1/V.</param> <param name="dslots">[shot, slot], 1/V; overwritten.</param>
    public static void HoldVjp(ReadOnlySpan<float> ddrive, int shots, SlotPlan plan, Span<float> dslots)
    {
        int samples = plan.Shot.Samples;
        for (int s = 0; s < shots; s++)
        {
            for (int slot = 0; slot < plan.Slots; slot++)
            {
                float sum = 0;
                foreach (float d in ddrive.Slice((s * samples) + (slot * plan.HoldSamples), plan.HoldSamples)) { sum += d; }
                dslots[(s * plan.Slots) + slot] = sum;
            }
        }
    }

    /// <param name="node">[shot, sample], V.</param> <param name="windows">[shot, window], V: gain·mean + offset; overwritten.</param>
    public static void Read(ReadOnlySpan<float> node, int shots, SlotPlan plan, float gain, float offsetVolts, Span<float> windows)
    {
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                (int start, int count) = Window(s, w, plan);
                double sum = 0;
                foreach (float volts in node.Slice(start, count)) { sum += volts; }
                windows[(s * plan.Windows) + w] = (gain * (float)(sum / count)) + offsetVolts;
            }
        }
    }

    /// <param name="dwindows">[shot, window], ∂loss/∂window, 1/V.</param> <param name="dnode">[shot, sample], 1/V; overwritten.</param>
    public static void ReadVjp(ReadOnlySpan<float> dwindows, int shots, SlotPlan plan, float gain, Span<float> dnode)
    {
        dnode.Clear();
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                (int start, int count) = Window(s, w, plan);
                dnode.Slice(start, count).Fill(gain * dwindows[(s * plan.Windows) + w] / count);
            }
        }
    }

    private static (int Start, int Count) Window(int shot, int window, SlotPlan plan)
    {
        int start = plan.WindowStart(window);
        return ((shot * plan.Shot.Samples) + plan.Shot.MeasurementStartSample + start, plan.WindowStart(window + 1) - start);
    }
}
