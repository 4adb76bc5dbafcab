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
        TwinFit: new TwinFitSettings(
            Shots: 2000, ShotsPerCall: 50, HiddenWidths: [48, 48], Epochs: 20, BatchShots: 8, LearningRate: 2e-3, MemorySlots: 12),
        Training: new TrainingSettings(
            Epochs: 80, BatchShots: 32, LearningRate: 0.03, MaxGradientNorm: 5, RangePenaltyWeight: 1f, RangePenaltySharpness: 25));

    public static ExperimentSettings Generated { get; } = Vowels with
    {
        Task = GeneratedTask,
        Training = Vowels.Training with { Epochs = 60 },
    };

    /// <summary>Short: about a minute and about half of the digits right, on 4,000 of the 60,000 images. More layers, images and epochs go further and cost accordingly.</summary>
    public static ExperimentSettings Mnist { get; } = Vowels with
    {
        Task = MnistTask,
        DataSlots = 196,
        ParameterSlots = 196,
        HoldSamples = 4,
        Windows = 196,
        ScaleFeatures = false,
        ValidationShare = 1.0 / 60,
        TrainLimit = 4000,
        TestLimit = 2000,
        TwinFit = Vowels.TwinFit with { Epochs = 8, BatchShots = 2, MemorySlots = 24 },
        Training = Vowels.Training with { Epochs = 8, BatchShots = 16, LearningRate = 0.02 },
    };
}
