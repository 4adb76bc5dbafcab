using PnnEdge.Training.Coding;

namespace PnnEdge.Training.Twins;

/// <summary>What one window of a causal, time-invariant system depends on: the slots of the last while, the actuators, and how long ago the shot began.</summary>
/// <remarks>
/// One small model then serves every window of every shot, which needs about a tenth of the shots that a model of the whole shot needs. Row
/// layout: the last <paramref name="MemorySlots"/> slots, oldest first (0 V before the shot began), the actuators, the share of those slots that lie inside the shot.
/// </remarks>
/// <param name="Slots">Of a shot.</param>
/// <param name="Windows">Of a shot; divides the slots.</param>
/// <param name="MemorySlots">How far back a window sees, its own slots included.</param>
public sealed record ReceptiveField(int Slots, int Actuators, int Windows, int MemorySlots)
{
    /// <summary>Inputs of one window's row.</summary>
    public int RowInputs => MemorySlots + Actuators + 1;

    /// <summary>Inputs of one shot: slots, then actuators.</summary>
    public int ShotInputs => Slots + Actuators;

    /// <exception cref="ArgumentException">The windows of the plan are not whole slots.</exception>
    public static ReceptiveField Of(SlotPlan plan, int actuators, int memorySlots) =>
        plan.Slots % plan.Windows == 0 && plan.DelaySamples == 0 && memorySlots >= plan.Slots / plan.Windows
            ? new ReceptiveField(plan.Slots, actuators, plan.Windows, memorySlots)
            : throw new ArgumentException(
                $"A twin with a memory of {memorySlots} slots needs windows of whole slots, no longer than its memory and without delay; the plan has {plan.Windows} windows over {plan.Slots} slots, {plan.DelaySamples} samples late.");

    /// <param name="x">[shot, slot then actuator], V.</param> <param name="rows">[shot, window, row input]; overwritten.</param>
    public void Forward(ReadOnlySpan<float> x, int shots, Span<float> rows)
    {
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> shot = x.Slice(s * ShotInputs, ShotInputs);
            for (int w = 0; w < Windows; w++)
            {
                Span<float> row = rows.Slice(((s * Windows) + w) * RowInputs, RowInputs);
                (int end, int inside) = Reach(w);
                row[..(MemorySlots - inside)].Clear();
                shot[(end - inside)..end].CopyTo(row[(MemorySlots - inside)..]);
                shot[Slots..].CopyTo(row[MemorySlots..]);
                row[^1] = (float)inside / MemorySlots;
            }
        }
    }

    /// <param name="drows">[shot, window, row input], ∂loss/∂row.</param> <param name="dx">[shot, slot then actuator]; overwritten.</param>
    public void Vjp(ReadOnlySpan<float> drows, int shots, Span<float> dx)
    {
        dx.Clear();
        for (int s = 0; s < shots; s++)
        {
            Span<float> dshot = dx.Slice(s * ShotInputs, ShotInputs);
            for (int w = 0; w < Windows; w++)
            {
                ReadOnlySpan<float> drow = drows.Slice(((s * Windows) + w) * RowInputs, RowInputs);
                (int end, int inside) = Reach(w);
                for (int i = 0; i < inside; i++) { dshot[end - inside + i] += drow[MemorySlots - inside + i]; }
                for (int a = 0; a < Actuators; a++) { dshot[Slots + a] += drow[MemorySlots + a]; }
            }
        }
    }

    private (int End, int Inside) Reach(int window)
    {
        int end = (window + 1) * (Slots / Windows);
        return (end, Math.Min(end, MemorySlots));
    }
}
