using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

/// <summary>A small experiment that every training test shares.</summary>
internal static class TinyTask
{
    public static readonly SlotPlan Plan = new(dataSlots: 8, parameterSlots: 8, holdSamples: 2, windows: 8);
    public static readonly VoltRange Drive = new(-1.5f, 1.5f);
    public static readonly TwinFitSettings TwinFit = new() { Shots = 1500, ShotsPerCall = 50, HiddenWidths = [32, 32], Epochs = 40, BatchShots = 50, LearningRate = 5e-3 };

    public static MixingSystem System(double noiseVolts = 0.01, double gain = 1, double memory = 0.8) =>
        new(Plan.Shot.StimulusSamples, noiseVolts, gain, stepVolts: 0.005, memory);

    public static NetworkShape Shape(int layers = 2) => new(
        layers, Features: 4, Classes: 3, Plan, Drive, System().Description.Actuators, SlotOrder.Shuffled, WiringSeed: 1, TrainSkip: true, LogitSharpness: 4);

    public static TrainingSettings Settings(int epochs) => new()
    {
        Epochs = epochs,
        BatchShots = 16,
        LearningRate = 0.03,
        MaxGradientNorm = 5,
        RangePenaltyWeight = 0.3f,
        RangePenaltySharpness = 25,
    };

    /// <summary>Three classes in four features: a Gaussian cloud each, some overlap.</summary>
    public static TaskData Data()
    {
        var random = new SeededRandom(77);
        float[,] centres = { { 0.2f, 0.7f, 0.3f, 0.6f }, { 0.7f, 0.3f, 0.3f, 0.4f }, { 0.5f, 0.5f, 0.8f, 0.2f } };
        var features = new List<float>();
        var labels = new List<int>();
        for (int i = 0; i < 240; i++)
        {
            labels.Add(i % 3);
            for (int f = 0; f < 4; f++) { features.Add(centres[i % 3, f] + (0.11f * (float)random.NextNormal())); }
        }

        var all = new Dataset("clouds", Generated: true, 4, [.. features], [.. labels], ["a", "b", "c"]);
        (Dataset rest, Dataset test) = Splitting.Stratified(all, 0.25, 1, "clouds rest", "clouds test");
        (Dataset train, Dataset validation) = Splitting.Stratified(rest, 0.25, 2, "clouds train", "clouds validation");
        return new TaskData(train, validation, test);
    }

    public static Task<TwinFit> FitTwinAsync(IPhysicalSystem system, ulong seed) =>
        TwinFitting.RunAsync(system, Plan, Drive, TwinFit, seed, TimeProvider.System, null, CancellationToken.None);

    public static float[] ParametersOf(TwinFit fit) => Assert.IsAssignableFrom<ITrainableTwin>(fit.Twin).Parameters;

    public static PhysicalNetwork Network(OutputScale scale, ulong seed, int layers = 2)
    {
        var network = new PhysicalNetwork(Shape(layers), scale);
        network.Initialise(seed);
        return network;
    }
}
