using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Networks;

/// <summary>In which order a layer's input meets the data slots. A causal system never lets a slot see a later one; the order decides who sees whom.</summary>
public enum SlotOrder
{
    /// <summary>Each layer in the order it came.</summary>
    Kept,

    /// <summary>Every second layer backwards.</summary>
    Reversed,

    /// <summary>A fixed shuffle per layer, from the wiring seed.</summary>
    Shuffled,
}

/// <summary>Everything about a physical network that is fixed before training.</summary>
/// <param name="Layers">Passes through the physical system.</param>
/// <param name="Features">Inputs of the first layer; repeated over the data slots as often as they fit.</param>
/// <param name="Classes">Groups of windows read from the last layer.</param>
/// <param name="Plan">Layout of one shot, the same for every layer.</param>
/// <param name="DriveRange">The part of the system's stimulus range that is used.</param>
/// <param name="Actuators">The system's static outputs; each layer holds its own values.</param>
/// <param name="Order">Fixed wiring between layers.</param>
/// <param name="WiringSeed">For <see cref="SlotOrder.Shuffled"/>.</param>
/// <param name="TrainSkip">Adds a trainable gain per layer from the applied data to the carried output; needs as many windows as data slots.</param>
/// <param name="LogitSharpness">Logits per unit of carried output at attenuation 1.</param>
public sealed record NetworkShape(
    int Layers,
    int Features,
    int Classes,
    SlotPlan Plan,
    VoltRange DriveRange,
    IReadOnlyList<ActuatorPort> Actuators,
    SlotOrder Order,
    ulong WiringSeed,
    bool TrainSkip,
    float LogitSharpness)
{
    /// <summary>Slots followed by actuators: what one shot feeds the twin.</summary>
    public int TwinInputs => Plan.Slots + Actuators.Count;

    /// <exception cref="ArgumentException">One sentence: what does not fit.</exception>
    public NetworkShape Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        if (Features < 1 || Plan.DataSlots < Features)
        {
            throw new ArgumentException($"{Features} features do not fit into {Plan.DataSlots} data slots; a layer needs at least one slot per feature.");
        }

        if (Classes < 2 || Plan.Windows < Classes)
        {
            throw new ArgumentException($"{Classes} classes cannot be read from {Plan.Windows} windows; each class needs at least one window, and there must be two classes.");
        }

        if (TrainSkip && Plan.Windows != Plan.DataSlots)
        {
            throw new ArgumentException($"A skip adds each data slot to its window; {Plan.DataSlots} data slots and {Plan.Windows} windows do not pair.");
        }

        return float.IsFinite(DriveRange.MinVolts) && DriveRange.MinVolts < DriveRange.MaxVolts && float.IsFinite(DriveRange.MaxVolts)
            ? this
            : throw new ArgumentException($"A drive range of {DriveRange} is empty.");
    }
}
