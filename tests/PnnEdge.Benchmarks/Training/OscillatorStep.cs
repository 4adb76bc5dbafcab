using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Benchmarks.Training;

/// <summary>One step of physics-aware training on the coupled oscillators' example 1, as <c>oscillators-mnist</c> trains it, on images of chance.</summary>
/// <remarks>The physics is simulated by the equations alone, without converters and noise: what the original's step computes.</remarks>
internal sealed class OscillatorStep
{
    public const int Shots = 32;
    public const int Features = 196;
    public const int Classes = 10;
    public const int Layers = 2;
    public const float MaxVolts = 4;

    private const double LearningRate = 1e-3;

    private static readonly OscillatorParameters Physics = OscillatorParameters.Nominal;
    private static readonly SlotPlan Plan = new(Physics.Count, parameterSlots: 0, holdSamples: 1, Physics.Count, readSamples: Physics.Count);

    private static readonly SystemDescription Oscillators = new(
        "oscillators", Simulated: true, 2 * Physics.Count, 2 * Physics.Count, 1e6, new VoltRange(-MaxVolts, MaxVolts), 0, new VoltRange(-8, 8),
        [new("coupling", new VoltRange(-1, 1), OscillatorActuators.CouplingCount(Physics.Count)), new("drive", new VoltRange(-2, 2), Physics.Count)]);

    private readonly Adam _adam;
    private readonly TrainingStep _step;
    private ulong _shot;

    public OscillatorStep(int threads)
    {
        VoltRange drive = Oscillators.StimulusRange;
        var shape = new NetworkShape(Layers, Features, Classes, Plan, drive, Oscillators.Actuators, SlotOrder.Kept, WiringSeed: 1, TrainSkip: false, LogitSharpness: 1)
        {
            ClassSlots = Classes,
            ActuatorSpread = 0.025f,
            KeepVolts = true,
        };
        Network = new PhysicalNetwork(shape, OutputScale.None(Plan.Windows));
        Network.Initialise(seed: 1);
        var twin = new GreyBoxTwin(new OscillatorModel(Physics, threads), Plan, restVolts: 0);
        _adam = new Adam(Network.Parameters.Length);
        var method = new PhysicsAware(Network, new TwinSystem(twin, Plan, Oscillators), twin, new RangePenalty(0.1f, 25), TimeProvider.System);
        _step = new TrainingStep(Network, method, _adam, maxGradientNorm: 100, TimeProvider.System);
        var random = new SeededRandom(2);
        Images = [.. Enumerable.Range(0, Shots * Features).Select(_ => random.NextSingle())];
        Labels = [.. Enumerable.Range(0, Shots).Select(_ => random.NextInt32(Classes))];
    }

    public PhysicalNetwork Network { get; }

    /// <summary>[shot, feature], 1.</summary>
    public float[] Images { get; }

    /// <summary>[shot].</summary>
    public int[] Labels { get; }

    /// <summary>Forward through the simulated physics, loss, backward through the twin, Adam.</summary>
    /// <returns>Nats per sample, before the step.</returns>
    public double Step()
    {
        Task<StepReport> step = _step.RunAsync(new MiniBatch(Images, Labels, layer => _shot + (ulong)(layer * Shots)), LearningRate, CancellationToken.None);
        _shot += Layers * Shots;
        return step.GetAwaiter().GetResult().Loss;
    }

    /// <summary>What the first step used, taken from Adam's first moment after it.</summary>
    /// <returns>[parameter].</returns>
    public float[] FirstGradient()
    {
        if (_adam.Steps != 0) { throw new InvalidOperationException("The first step has been taken."); }
        Step();
        return [.. _adam.FirstMoment.Select(moment => moment / (1 - 0.9f))];
    }

    /// <summary>For the rival: the same numbers, in the same units.</summary>
    public object Question(int threads) => new
    {
        Threads = threads,
        Shots,
        Features,
        Classes,
        MaxVolts,
        LearningRate,
        Physics.Count,
        Physics.Steps,
        Physics.StepRadians,
        Gain = 1 + Physics.Nonlinearity,
        Parameters = Network.Layout.Segments.Where(segment => segment.Length > 0).ToDictionary(segment => segment.Name, segment => segment.Of(Network.Parameters).ToArray()),
        Images,
        Labels,
    };
}
