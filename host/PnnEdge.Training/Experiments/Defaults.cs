using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Experiments;

/// <summary>Settings that need no thought, for the circuit system; chosen on validation samples.</summary>
public static class Defaults
{
    public const string VowelsTask = "vowels";
    public const string GeneratedTask = "generated";
    public const string MnistTask = "mnist";

    public static IReadOnlyList<string> Tasks { get; } = [VowelsTask, MnistTask, GeneratedTask];

    /// <exception cref="ArgumentException">No such task.</exception>
    public static ExperimentSettings For(string task) => task switch
    {
        VowelsTask => Vowels,
        GeneratedTask => Generated,
        MnistTask => Mnist,
        _ => throw new ArgumentException($"There is no task {task}; there are {string.Join(", ", Tasks)}.", nameof(task)),
    };

    public static ExperimentSettings Vowels { get; } = new(
        Task: VowelsTask,
        Layers: 3,
        DataSlots: 24,
        ParameterSlots: 24,
        HoldSamples: 16,
        Windows: 24,
        WindowDelaySamples: 0,
        DriveRange: new VoltRange(-3, 3),
        Order: SlotOrder.Shuffled,
        WiringSeed: 1,
        TrainSkip: true,
        LogitSharpness: 4,
        ScaleFeatures: true,
        ValidationShare: 0.2,
        TrainLimit: 0,
        TestLimit: 0,
        BaselineSteps: 1500,
        TwinFit: new TwinFitSettings(Shots: 10_000, ShotsPerCall: 50, HiddenWidths: [128, 128], Epochs: 40, BatchShots: 64, LearningRate: 2e-3),
        Training: new TrainingSettings(
            Epochs: 80, BatchShots: 32, LearningRate: 0.03, MaxGradientNorm: 5, RangePenaltyWeight: 1f, RangePenaltySharpness: 25));

    public static ExperimentSettings Generated { get; } = Vowels with
    {
        Task = GeneratedTask,
        Training = Vowels.Training with { Epochs = 60 },
    };

    public static ExperimentSettings Mnist { get; } = Vowels with
    {
        Task = MnistTask,
        Layers = 5,
        DataSlots = 196,
        ParameterSlots = 196,
        HoldSamples = 4,
        Windows = 196,
        ScaleFeatures = false,
        ValidationShare = 1.0 / 60,
        TrainLimit = 10_000,
        TestLimit = 2_000,
        TwinFit = new TwinFitSettings(Shots: 10_000, ShotsPerCall: 50, HiddenWidths: [512, 512], Epochs: 15, BatchShots: 64, LearningRate: 1e-3),
        Training = Vowels.Training with { Epochs = 3, BatchShots = 64 },
    };
}
