using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Networks;

/// <summary>In which order a layer's input meets the data slots. A causal system never lets a slot see a later one; the order decides who sees whom.</summary>
public enum SlotOrder
{
    /// <summary>Each layer in the order it came.</summary>
    Kept,

    /// <summary>Each layer in the order it came; an input that is repeated stands beside itself.</summary>
    Adjacent,

    /// <summary>Every second layer backwards.</summary>
    Reversed,

    /// <summary>A fixed shuffle per layer, from the wiring seed.</summary>
    Shuffled,
}

/// <summary>How features reach the data slots of the first layer.</summary>
public enum InputKind
{
    /// <summary>One feature a slot, by fixed wiring.</summary>
    Wired,

    /// <summary>Through a trainable digital linear layer: a hybrid network.</summary>
    Dense,
}

/// <summary>How a layer's input is scaled before it is played.</summary>
public enum RescaleKind
{
    /// <summary>One trainable scale and offset for the layer.</summary>
    Layer,

    /// <summary>A trainable scale and offset for every data slot.</summary>
    Element,
}

/// <summary>How classes are read from the last layer's windows.</summary>
public enum ReadoutKind
{
    /// <summary>Each class is the mean of its own stretch of windows.</summary>
    Groups,

    /// <summary>Through a trainable digital linear layer: a hybrid network.</summary>
    Dense,
}

/// <summary>Everything about a physical network that is fixed before training.</summary>
/// <param name="Layers">Passes through the physical system, one after the other.</param>
/// <param name="Features">Inputs of the first layer; repeated over the data slots as often as they fit.</param>
/// <param name="Classes">Read from the last layer.</param>
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
    /// <summary>Shots that a layer plays side by side for each sample, each with parameters of its own.</summary>
    public int Branches { get; init; } = 1;

    /// <summary>Of the first layer.</summary>
    public InputKind Input { get; init; }

    public RescaleKind Rescale { get; init; }

    public ReadoutKind Readout { get; init; }

    /// <summary>Whether the readout's stretches have trainable edges.</summary>
    public bool TrainEdges { get; init; }

    /// <summary>The last so many data slots rest at 0 V, and their windows alone are read as classes; the others go from layer to layer. 0: all windows do both.</summary>
    public int ClassSlots { get; init; }

    /// <summary>How far actuators start from their centre, uniform within ±, 1 of their range.</summary>
    public float ActuatorSpread { get; init; }

    /// <summary>Where skip gains start: 4 passes on as much as the physics does, and a deep network starts to learn.</summary>
    public float SkipStart { get; init; } = 0.5f;

    /// <summary>Volts stay volts: features are played and windows passed on and read as they are; no start value is calibrated.</summary>
    public bool KeepVolts { get; init; }

    public int ActuatorCount => Actuators.Sum(port => port.Count);

    /// <summary>Data slots of all branches.</summary>
    public int Units => Branches * Plan.DataSlots;

    /// <summary>Windows of all branches.</summary>
    public int Carried => Branches * Plan.Windows;

    /// <summary>Shots played for one sample.</summary>
    public int PassesPerSample => Layers * Branches;

    /// <exception cref="ArgumentException">One sentence: what does not fit.</exception>
    public NetworkShape Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Branches, 1);
        int read = ClassSlots > 0 ? ClassSlots : Carried;
        if (ClassSlots < 0 || ClassSlots >= Plan.DataSlots
            || (ClassSlots > 0 && (Branches > 1 || TrainSkip || Plan.Windows != Plan.DataSlots || Input == InputKind.Dense || Readout == ReadoutKind.Dense)))
        {
            throw new ArgumentException(
                $"{ClassSlots} class slots need more data slots than that ({Plan.DataSlots}), as many windows ({Plan.Windows}), one branch, no skip, wired input and group readout.");
        }

        if (Input == InputKind.Wired && (Features < 1 || Units - ClassSlots < Features))
        {
            throw new ArgumentException($"{Features} features do not fit into {Units - ClassSlots} data slots; a layer needs at least one slot per feature.");
        }

        if (Classes < 2 || read < Classes)
        {
            throw new ArgumentException($"{Classes} classes cannot be read from {read} windows; each class needs at least one window, and there must be two classes.");
        }

        if (Layers > 1 && Units - ClassSlots < Carried - ClassSlots)
        {
            throw new ArgumentException($"{Carried} windows do not fit into the {Units} data slots of the next layer; a layer needs at least one slot per window.");
        }

        if (TrainSkip && Plan.Windows != Plan.DataSlots)
        {
            throw new ArgumentException($"A skip adds each data slot to its window; {Plan.DataSlots} data slots and {Plan.Windows} windows do not pair.");
        }

        if (TrainEdges && Readout == ReadoutKind.Dense)
        {
            throw new ArgumentException("A dense readout weighs every window and has no edges to train; leave the edges fixed, or read groups.");
        }

        return float.IsFinite(DriveRange.MinVolts) && DriveRange.MinVolts < DriveRange.MaxVolts && float.IsFinite(DriveRange.MaxVolts)
            ? this
            : throw new ArgumentException($"A drive range of {DriveRange} is empty.");
    }
}
