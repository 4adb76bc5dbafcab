using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Coding;

/// <summary>How one shot is laid out in time: data and parameter slots interleaved, each held; then windows over what was measured.</summary>
/// <remarks>
/// Parameters are spread evenly among the data, a parameter first: p0,d0,p1,d1,… when there are as many of each. Windows divide the time
/// of the slots evenly, later by the delay. Samples after the last slot rest at the volt of the range nearest to 0.
/// </remarks>
public sealed class SlotPlan
{
    /// <param name="dataSlots">Slots that carry the layer's input.</param>
    /// <param name="parameterSlots">Slots that carry θ.</param>
    /// <param name="holdSamples">Samples for which a slot keeps its volt.</param>
    /// <param name="windows">Means taken over the measured shot.</param>
    /// <param name="delaySamples">How much later than the slots the windows lie.</param>
    public SlotPlan(int dataSlots, int parameterSlots, int holdSamples, int windows, int delaySamples = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dataSlots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterSlots);
        ArgumentOutOfRangeException.ThrowIfLessThan(holdSamples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(delaySamples);
        if (windows < 1 || windows > (dataSlots + parameterSlots) * holdSamples)
        {
            throw new ArgumentOutOfRangeException(nameof(windows),
                $"Asked for {windows} windows; {(dataSlots + parameterSlots) * holdSamples} samples of slots allow 1 to as many.");
        }

        (DataSlots, ParameterSlots, HoldSamples, Windows, DelaySamples) = (dataSlots, parameterSlots, holdSamples, windows, delaySamples);
        (DataSlotAt, ParameterSlotAt) = Interleave(dataSlots, parameterSlots);
    }

    public int DataSlots { get; }

    public int ParameterSlots { get; }

    public int HoldSamples { get; }

    public int Windows { get; }

    public int DelaySamples { get; }

    public int Slots => DataSlots + ParameterSlots;

    /// <summary>Samples one shot needs, played and measured.</summary>
    public int Samples => (Slots * HoldSamples) + DelaySamples;

    /// <summary>[data slot]: its place among all slots.</summary>
    public int[] DataSlotAt { get; }

    /// <summary>[parameter slot]: its place among all slots.</summary>
    public int[] ParameterSlotAt { get; }

    /// <summary>First measured sample of a window; of window <see cref="Windows"/>, the end.</summary>
    public int WindowStart(int window) => DelaySamples + (int)((long)window * Slots * HoldSamples / Windows);

    /// <exception cref="ArgumentException">The system's shot is too short for this plan.</exception>
    public void RequireFits(SystemDescription description)
    {
        if (description.StimulusSamples < Slots * HoldSamples || description.MeasurementSamples < Samples)
        {
            throw new ArgumentException(
                $"This plan plays {Slots * HoldSamples} and measures {Samples} samples per shot; {description.Name} plays {description.StimulusSamples} and measures {description.MeasurementSamples}.",
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
