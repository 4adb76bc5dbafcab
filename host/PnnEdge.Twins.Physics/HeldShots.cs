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

    /// <param name="node">[shot, sample], V; overwritten with what the converter reads of it: gain·node + offset, cut at the ends of its range.</param>
    /// <param name="windows">[shot, window], V: the means; overwritten.</param>
    public static void Read(Span<float> node, int shots, SlotPlan plan, GreyBoxReadout readout, Span<float> windows)
    {
        for (int i = 0; i < node.Length; i++) { node[i] = Math.Clamp((readout.Gain * node[i]) + readout.OffsetVolts, readout.Range.MinVolts, readout.Range.MaxVolts); }
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < plan.Windows; w++)
            {
                (int start, int count) = Window(s, w, plan);
                double sum = 0;
                foreach (float volts in node.Slice(start, count)) { sum += volts; }
                windows[(s * plan.Windows) + w] = (float)(sum / count);
            }
        }
    }

    /// <param name="read">[shot, sample], V, of Read; overwritten with ∂loss/∂node, 1/V, zero where it was cut.</param>
    /// <param name="dwindows">[shot, window], ∂loss/∂window, 1/V.</param>
    public static void ReadVjp(ReadOnlySpan<float> dwindows, int shots, SlotPlan plan, GreyBoxReadout readout, Span<float> read)
    {
        for (int s = 0; s < shots; s++)
        {
            int shot = s * plan.Shot.Samples, end = Window(s, 0, plan).Start;
            read[shot..end].Clear();
            for (int w = 0; w < plan.Windows; w++)
            {
                (int start, int count) = Window(s, w, plan);
                float d = readout.Gain * dwindows[(s * plan.Windows) + w] / count;
                foreach (ref float volts in read.Slice(start, count)) { volts = volts > readout.Range.MinVolts && volts < readout.Range.MaxVolts ? d : 0; }
                end = start + count;
            }

            read[end..(shot + plan.Shot.Samples)].Clear();
        }
    }

    private static (int Start, int Count) Window(int shot, int window, SlotPlan plan)
    {
        int start = plan.WindowStart(window);
        return ((shot * plan.Shot.Samples) + plan.Shot.MeasurementStartSample + start, plan.WindowStart(window + 1) - start);
    }
}
