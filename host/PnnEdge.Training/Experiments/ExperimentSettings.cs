using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Experiments;

/// <summary>One experiment, whole: from the data to the last epoch. A function of these numbers and a seed, and of nothing else.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Layers">Passes through the physical system.</param>
/// <param name="DataSlots">Data slots per shot; the features repeat over them.</param>
/// <param name="ParameterSlots">Trainable slots per shot.</param>
/// <param name="HoldSamples">Samples for which a slot keeps its volt.</param>
/// <param name="Windows">Window means read per shot.</param>
/// <param name="WindowDelaySamples">How much later than the slots the windows lie.</param>
/// <param name="DriveRange">The part of the drive's range that is used.</param>
/// <param name="Order">Fixed wiring between layers.</param>
/// <param name="WiringSeed">Draws the shuffles; part of the design like a circuit board's layout, the same for every seed of an experiment.</param>
/// <param name="TrainSkip">Whether layers have a trainable skip gain.</param>
/// <param name="LogitSharpness">Logits per unit of carried output at attenuation 1.</param>
/// <param name="ScaleFeatures">Whether each feature's training range is mapped onto the drive range.</param>
/// <param name="ValidationShare">Of each class of the training samples, 0 to 1.</param>
/// <param name="TrainLimit">Most training samples used; 0 for all.</param>
/// <param name="TestLimit">Most test samples used; 0 for all.</param>
/// <param name="BaselineSteps">Optimizer steps of each fit of the digital baseline.</param>
public sealed record ExperimentSettings(
    string Task,
    int Layers,
    int DataSlots,
    int ParameterSlots,
    int HoldSamples,
    int Windows,
    int WindowDelaySamples,
    VoltRange DriveRange,
    SlotOrder Order,
    ulong WiringSeed,
    bool TrainSkip,
    float LogitSharpness,
    bool ScaleFeatures,
    double ValidationShare,
    int TrainLimit,
    int TestLimit,
    int BaselineSteps,
    TwinFitSettings TwinFit,
    TrainingSettings Training)
{
    public SlotPlan Plan() => new(DataSlots, ParameterSlots, HoldSamples, Windows, WindowDelaySamples);

    /// <summary>Samples that the system must play and measure per shot.</summary>
    public int SamplesPerShot => Plan().Samples;

    public NetworkShape Shape(TaskData data, SystemDescription system)
    {
        return new NetworkShape(
            Layers, data.Train.FeatureCount, data.Train.Classes, Plan(), UsedRange(system), system.Actuators, Order, WiringSeed, TrainSkip, LogitSharpness).Checked();
    }

    /// <summary>The drive range on this system. A range that ends within one converter step beyond the system's is drawn in to it; any further is refused.</summary>
    /// <exception cref="ArgumentException">The experiment drives further than the system reaches.</exception>
    public VoltRange UsedRange(SystemDescription system)
    {
        VoltRange reach = system.StimulusRange;
        float step = (float)system.StimulusStepVolts;
        return DriveRange.MinVolts >= reach.MinVolts - step && DriveRange.MaxVolts <= reach.MaxVolts + step
            ? new VoltRange(Math.Max(DriveRange.MinVolts, reach.MinVolts), Math.Min(DriveRange.MaxVolts, reach.MaxVolts))
            : throw new ArgumentException($"This experiment drives {DriveRange}; {system.Name} accepts {reach}.");
    }
}
