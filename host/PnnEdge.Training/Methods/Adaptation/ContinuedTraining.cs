using PnnEdge.Training.Data;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>Physics-aware training that goes on, step by step, with a network that was trained before; the optimizer starts anew.</summary>
/// <remarks>Which samples a step takes is a function of seed and step alone, so two that go on with different twins see the same ones.</remarks>
public sealed class ContinuedTraining
{
    // Orders of further epochs than any training has, so that none is met twice.
    private const ulong Orders = 0xADA9700000UL;

    private readonly TrainingStep _step;
    private readonly TwinWatch _watch;
    private readonly BatchFeed _feed;

    /// <param name="twin">An <see cref="AdaptiveTwin"/> follows what the steps measure; any other stays as it is.</param>
    public ContinuedTraining(
        PhysicalNetwork network, IPhysicalSystem system, ITwin twin, Dataset train, TrainingSettings settings, ulong seed, TimeProvider time)
    {
        (Network, System) = (network, system);
        _watch = new TwinWatch(twin);
        _feed = new BatchFeed(train, settings.BatchShots, seed, Orders);
        var method = new PhysicsAware(network, system, twin, settings.Penalty, time);
        _step = new TrainingStep(network, method, settings.OptimizerOf(network), settings.MaxGradientNorm, time, () =>
        {
            _watch.Observe(method.Tapes);
            (twin as AdaptiveTwin)?.Observe(method.Tapes);
        });
    }

    public PhysicalNetwork Network { get; }

    public IPhysicalSystem System { get; }

    /// <summary>Physical passes of one step.</summary>
    public int PassesPerStep => _feed.Samples * Network.Shape.PassesPerSample;

    /// <summary>Error over spread of the twin on the last step, before it was refitted to that; NaN before the first.</summary>
    public double TwinNrmse => _watch.Nrmse;

    /// <summary><see cref="PassesPerStep"/> of a training that is yet to be made.</summary>
    public static int PassesOfStep(int passesPerSample, Dataset train, TrainingSettings settings) => Math.Min(settings.BatchShots, train.Count) * passesPerSample;

    /// <param name="firstShot">Logical index; the layers' shots follow one another from here.</param>
    public Task<StepReport> StepAsync(ulong firstShot, double learningRate, CancellationToken cancellation)
    {
        ulong shotsOfLayer = (ulong)(_feed.Samples * Network.Shape.Branches);
        return _step.RunAsync(_feed.Next(layer => firstShot + ((ulong)layer * shotsOfLayer)), learningRate, cancellation);
    }
}
