using PnnEdge.Numerics.Chance;
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
    private readonly Dataset _train;
    private readonly ulong _seed;
    private readonly PatStep _step;
    private readonly TwinWatch _watch;
    private readonly int[] _order;
    private readonly float[] _features;
    private readonly int[] _labels;
    private long _position;
    private long _orderEpoch = -1;

    /// <param name="twin">An <see cref="AdaptiveTwin"/> follows what the steps measure; any other stays as it is.</param>
    public ContinuedTraining(
        PhysicalNetwork network, IPhysicalSystem system, ITwin twin, Dataset train, TrainingSettings settings, ulong seed, TimeProvider time)
    {
        (Network, System, _train, _seed) = (network, system, train, seed);
        _watch = new TwinWatch(twin);
        var adam = settings.OptimizerOf(network);
        _step = new PatStep(network, system, twin, adam, settings.Step, time, tapes =>
        {
            _watch.Observe(tapes);
            (twin as AdaptiveTwin)?.Observe(tapes);
        });
        _order = new int[train.Count];
        _labels = new int[Math.Min(settings.BatchShots, train.Count)];
        _features = new float[_labels.Length * train.FeatureCount];
    }

    public PhysicalNetwork Network { get; }

    public IPhysicalSystem System { get; }

    /// <summary>Physical passes of one step.</summary>
    public int PassesPerStep => _labels.Length * Network.Shape.PassesPerSample;

    /// <summary>Error over spread of the twin on the last step, before it was refitted to that; NaN before the first.</summary>
    public double TwinNrmse => _watch.Nrmse;

    /// <summary><see cref="PassesPerStep"/> of a training that is yet to be made.</summary>
    public static int PassesOfStep(int passesPerSample, Dataset train, TrainingSettings settings) => Math.Min(settings.BatchShots, train.Count) * passesPerSample;

    /// <param name="firstShot">Logical index; the layers' shots follow one another from here.</param>
    public Task<StepReport> StepAsync(ulong firstShot, double learningRate, CancellationToken cancellation)
    {
        for (int i = 0; i < _labels.Length; i++, _position++)
        {
            int sample = SampleAt(_position);
            _train.Features.AsSpan(sample * _train.FeatureCount, _train.FeatureCount).CopyTo(_features.AsSpan(i * _train.FeatureCount));
            _labels[i] = _train.Labels[sample];
        }

        ulong shotsOfLayer = (ulong)(_labels.Length * Network.Shape.Branches);
        return _step.RunAsync(_features, _labels, layer => firstShot + ((ulong)layer * shotsOfLayer), learningRate, cancellation);
    }

    // Orders of further epochs than any training has, so that none is met twice.
    private int SampleAt(long position)
    {
        long epoch = position / _order.Length;
        if (epoch != _orderEpoch)
        {
            for (int i = 0; i < _order.Length; i++) { _order[i] = i; }
            new SeededRandom(_seed, stream: 0xADA9700000UL + (ulong)epoch).Shuffle(_order);
            _orderEpoch = epoch;
        }

        return _order[(int)(position % _order.Length)];
    }
}
