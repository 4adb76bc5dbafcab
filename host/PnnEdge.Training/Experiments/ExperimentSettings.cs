using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Experiments;

/// <summary>One experiment, whole: from the data to the last epoch. A function of these numbers and a seed, and of nothing else; an experiment file in memory.</summary>
public sealed record ExperimentSettings
{
    /// <summary>The physical system that it is meant for, such as <c>circuit</c>.</summary>
    public required string System { get; init; }

    /// <summary>One of <see cref="TaskLoader.Tasks"/>.</summary>
    public required string Task { get; init; }

    public required DataSettings Data { get; init; }

    public required ShotSettings Shot { get; init; }

    public required NetworkSettings Network { get; init; }

    public required TwinFitSettings Twin { get; init; }

    public required TrainingSettings Training { get; init; }

    public required BaselineSettings Baseline { get; init; }

    /// <summary>What methods take instead of the training's settings where they are compared, by <see cref="MethodCatalogue.Names"/>; null for nothing.</summary>
    public Dictionary<string, MethodTuning>? Methods { get; init; }

    public MethodTuning TuningOf(string method) => Methods?.GetValueOrDefault(method) ?? new MethodTuning();

    public SlotPlan Plan() => new(
        Shot.DataSlots, Shot.ParameterSlots, Shot.HoldSamples, Shot.Windows, Shot.WindowDelaySamples, Shot.ReadSamples);

    public NetworkShape Shape(TaskData data, SystemDescription system) => Shape(data.Train.FeatureCount, data.Train.Classes, UsedRange(system), system.Actuators);

    /// <summary>Without a data file: features and classes are the task's.</summary>
    public NetworkShape Shape(SystemDescription system)
    {
        (int features, int classes) = TaskLoader.SizesOf(this);
        return Shape(features, classes, UsedRange(system), system.Actuators);
    }

    /// <exception cref="ArgumentException">One sentence: what does not fit.</exception>
    internal NetworkShape Shape(int features, int classes, VoltRange range, IReadOnlyList<ActuatorPort> actuators) => new NetworkShape(
        Network.Layers, features, classes, Plan(), range, actuators, Network.Order, Network.WiringSeed, Network.TrainSkip, Network.LogitSharpness)
    {
        Branches = Network.Branches,
        Input = Network.Input,
        Rescale = Network.Rescale,
        Readout = Network.Readout,
        TrainEdges = Network.TrainEdges,
        ClassSlots = Network.ClassSlots,
        ActuatorSpread = Network.ActuatorSpread,
        SkipStart = Network.SkipStart,
        KeepVolts = Network.OutputScaling == OutputScaling.None,
    }.Checked();

    /// <summary>The drive range on this system. A range that ends within one converter step beyond the system's is drawn in to it; any further is refused.</summary>
    /// <exception cref="ArgumentException">The experiment drives further than the system reaches.</exception>
    public VoltRange UsedRange(SystemDescription system)
    {
        VoltRange reach = system.StimulusRange, asked = Shot.DriveRange;
        float step = (float)system.StimulusStepVolts;
        return asked.MinVolts >= reach.MinVolts - step && asked.MaxVolts <= reach.MaxVolts + step
            ? new VoltRange(Math.Max(asked.MinVolts, reach.MinVolts), Math.Min(asked.MaxVolts, reach.MaxVolts))
            : throw new ArgumentException($"This experiment drives {asked}; {system.Name} accepts {reach}.");
    }
}

/// <summary>Which samples, split and scaled how.</summary>
public sealed record DataSettings
{
    /// <summary>Pixels of an image's side: 14 (averaged down) or 28.</summary>
    public int ImageSide { get; init; } = MnistIdx.SmallSide;

    /// <summary>Whether each feature's training range is mapped onto the drive range.</summary>
    public bool ScaleFeatures { get; init; }

    /// <summary>Of each class of the training samples, 0 to 1.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>Most training samples used; 0 for all.</summary>
    public int TrainLimit { get; init; }

    /// <summary>Most test samples used; 0 for all.</summary>
    public int TestLimit { get; init; }
}

/// <summary>Layout of one shot.</summary>
public sealed record ShotSettings
{
    /// <summary>Data slots per shot.</summary>
    public required int DataSlots { get; init; }

    /// <summary>Trainable slots per shot.</summary>
    public required int ParameterSlots { get; init; }

    /// <summary>Samples for which a slot keeps its volt.</summary>
    public int HoldSamples { get; init; } = 1;

    /// <summary>Window means read per shot.</summary>
    public required int Windows { get; init; }

    /// <summary>How much later than the slots the windows lie.</summary>
    public int WindowDelaySamples { get; init; }

    /// <summary>Read after the last slot, for a system that is loaded first; 0 for one that is measured while it is driven.</summary>
    public int ReadSamples { get; init; }

    /// <summary>Samples per second that a device at a broker is asked for; null for its system's own clock, which every virtual bench has.</summary>
    public double? SampleRateHz { get; init; }

    /// <summary>The part of the drive's range that is used: smallest and largest, V.</summary>
    public required float[] DriveRangeVolts { get; init; }

    internal VoltRange DriveRange => new(DriveRangeVolts[0], DriveRangeVolts[1]);
}

/// <summary>The digital code around the passes; <see cref="NetworkShape"/> says what each means.</summary>
public sealed record NetworkSettings
{
    public required int Layers { get; init; }

    public int Branches { get; init; } = 1;

    public InputKind Input { get; init; }

    public RescaleKind Rescale { get; init; }

    public ReadoutKind Readout { get; init; }

    public SlotOrder Order { get; init; }

    /// <summary>Part of the design like a circuit board's layout, the same for every seed of an experiment.</summary>
    public ulong WiringSeed { get; init; } = 1;

    public bool TrainSkip { get; init; }

    public float SkipStart { get; init; } = 0.5f;

    public bool TrainEdges { get; init; }

    public int ClassSlots { get; init; }

    public float ActuatorSpread { get; init; }

    public OutputScaling OutputScaling { get; init; }

    public float LogitSharpness { get; init; } = 4;
}

/// <summary>What measured windows are divided by before the next layer takes them.</summary>
public enum OutputScaling
{
    /// <summary>Mean and spread of each window over the twin's random shots.</summary>
    Window,

    /// <summary>Volts stay volts, from the features to the readout.</summary>
    None,
}

/// <summary>The digital line beside the result.</summary>
public sealed record BaselineSettings
{
    /// <summary>Optimizer steps of each fit of softmax regression.</summary>
    public required int Steps { get; init; }
}
