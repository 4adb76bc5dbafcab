using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Coding;

/// <summary>How one shot is laid out in time: data and parameter slots interleaved, each held; then windows over what was measured.</summary>
/// <remarks>
/// Parameters are spread evenly among the data, a parameter first: p0,d0,p1,d1,… when there are as many of each. Windows divide the time
/// of the slots evenly, later by the delay. Samples after the last slot rest at the volt of the range nearest to 0. A system that is loaded
/// first is read after the last slot instead; its windows divide what was read.
/// </remarks>
public sealed class SlotPlan
{
    /// <param name="dataSlots">Slots that carry the layer's input.</param>
    /// <param name="parameterSlots">Slots that carry θ.</param>
    /// <param name="holdSamples">Samples for which a slot keeps its volt.</param>
    /// <param name="windows">Means taken over the measured shot.</param>
    /// <param name="delaySamples">How much later than the slots the windows lie.</param>
    /// <param name="readSamples">Read after the last slot, for a system that is loaded first; 0 for one that is measured while it is driven.</param>
    public SlotPlan(int dataSlots, int parameterSlots, int holdSamples, int windows, int delaySamples = 0, int readSamples = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dataSlots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterSlots);
        ArgumentOutOfRangeException.ThrowIfLessThan(holdSamples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(delaySamples);
        ArgumentOutOfRangeException.ThrowIfNegative(readSamples);
        if (readSamples > 0 && delaySamples > 0)
        {
            throw new ArgumentOutOfRangeException(nameof(delaySamples), "A shot that is read after its last slot has no window delay.");
        }

        int windowed = readSamples > 0 ? readSamples : (dataSlots + parameterSlots) * holdSamples;
        if (windows < 1 || windows > windowed)
        {
            throw new ArgumentOutOfRangeException(nameof(windows), $"Asked for {windows} windows; {windowed} samples allow 1 to as many.");
        }

        (DataSlots, ParameterSlots, HoldSamples, Windows, DelaySamples) = (dataSlots, parameterSlots, holdSamples, windows, delaySamples);
        ReadSamples = readSamples;
        (DataSlotAt, ParameterSlotAt) = Interleave(dataSlots, parameterSlots);
    }

    public int DataSlots { get; }

    public int ParameterSlots { get; }

    public int HoldSamples { get; }

    public int Windows { get; }

    public int DelaySamples { get; }

    /// <summary>Read after the last slot; 0 when measured while driven.</summary>
    public int ReadSamples { get; }

    public int Slots => DataSlots + ParameterSlots;

    /// <summary>What one shot plays and measures, and when.</summary>
    public ShotShape Shot => ReadSamples > 0
        ? ShotShape.LoadThenRead(Slots * HoldSamples, ReadSamples)
        : ShotShape.Throughout((Slots * HoldSamples) + DelaySamples);

    /// <summary>[data slot]: its place among all slots.</summary>
    public int[] DataSlotAt { get; }

    /// <summary>[parameter slot]: its place among all slots.</summary>
    public int[] ParameterSlotAt { get; }

    /// <summary>First measured sample of a window; of window <see cref="Windows"/>, the end.</summary>
    public int WindowStart(int window) => DelaySamples + (int)((long)window * (ReadSamples > 0 ? ReadSamples : Slots * HoldSamples) / Windows);

    /// <exception cref="ArgumentException">The system's shot is too short for this plan.</exception>
    public void RequireFits(SystemDescription description)
    {
        if (description.StimulusSamples < Slots * HoldSamples || description.MeasurementSamples < Shot.MeasurementSamples)
        {
            throw new ArgumentException(
                $"This plan plays {Slots * HoldSamples} and measures {Shot.MeasurementSamples} samples per shot; {description.Name} plays {description.StimulusSamples} and measures {description.MeasurementSamples}.",
                nameof(description));
        }
    }

    private static (int[] Data, int[] Parameters) Interleave(int data, int parameters)
    {
        int slots = data + parameters, d = 0, p = 0;
        int[] dataAt = new int[data], parameterAt = new int[parameters];
        for (int slot = 0; slot < slots; slot++)
        {
            // The p-th parameter comes as soon as the share p/parameters of the time has passed.
            if (p < parameters && (long)p * slots <= (long)slot * parameters) { parameterAt[p++] = slot; }
            else { dataAt[d++] = slot; }
        }

        return (dataAt, parameterAt);
    }
}
