using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Data;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods;

/// <summary>Trains a network step by step; holds everything that a checkpoint needs, and keeps the parameters that validated best.</summary>
/// <remarks>
/// Order of samples and shot indices are functions of seed, epoch and position, so a restored trainer continues bit for bit. After a cancelled or
/// failed step the trainer stands where the last finished step left it: run it again, or export it.
/// </remarks>
public sealed class Trainer
{
    private readonly PhysicalNetwork _network;
    private readonly IPhysicalSystem _system;
    private readonly TaskData _data;
    private readonly TrainingSettings _settings;
    private readonly ulong _seed;
    private readonly TimeProvider _time;
    private readonly ulong _firstShot;
    private readonly Optimizer _optimizer;
    private readonly TrainingStep _step;
    private readonly RateSchedule _rates;
    private readonly int[] _order;
    private readonly List<EpochReport> _history = [];
    private float[] _bestParameters;
    private int _orderEpoch = -1;
    private int _epoch;
    private int _position;
    private EpochSums _sums;

    /// <param name="system">Where the forward pass runs: a physical system for physics-aware training, a <see cref="TwinSystem"/> for training in silico.</param>
    /// <param name="twin">Where the backward pass runs.</param>
    public Trainer(
        PhysicalNetwork network, IPhysicalSystem system, ITwin twin, TaskData data, TrainingSettings settings, ulong seed, ulong firstShot, TimeProvider time)
    {
        network.Shape.Plan.RequireFits(system.Description);
        NetworkShape shape = network.Shape;
        if (twin.Slots != shape.Plan.Slots || twin.Actuators != shape.ActuatorCount || twin.Outputs != shape.Plan.Windows)
        {
            throw new ArgumentException(
                $"The twin takes {twin.Slots} slots and {twin.Actuators} actuators and gives {twin.Outputs} windows; the network has {shape.Plan.Slots}, {shape.ActuatorCount} and {shape.Plan.Windows}.",
                nameof(twin));
        }

        if (data.Train.Count == 0 || data.Train.FeatureCount != network.Shape.Features || data.Train.Classes != network.Shape.Classes)
        {
            throw new ArgumentException(
                $"{data.Train.Name} has {data.Train.Count} samples of {data.Train.FeatureCount} features in {data.Train.Classes} classes; the network takes {network.Shape.Features} features to {network.Shape.Classes} classes.",
                nameof(data));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(settings.BatchShots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Restarts);
        (_network, _system, _data, _settings, _seed, _time) = (network, system, data, settings, seed, time);
        _firstShot = firstShot;
        _optimizer = settings.OptimizerOf(network);
        var method = new PhysicsAware(network, system, twin, settings.Penalty, time);
        _step = new TrainingStep(network, method, _optimizer, settings.MaxGradientNorm, time);
        _order = new int[data.Train.Count];
        _rates = new RateSchedule(settings, StepsPerEpoch * settings.Epochs);
        _bestParameters = [.. network.Parameters];
    }

    /// <summary>The first logical index after the last epoch's validation.</summary>
    public ulong NextShot => EpochShot(_settings.Epochs);

    /// <summary>How many shots a whole training plays, validation included.</summary>
    public static ulong Shots(int passesPerSample, TaskData data, TrainingSettings settings) =>
        (ulong)settings.Epochs * (ulong)(data.Train.Count + data.Validation.Count) * (ulong)passesPerSample;

    public bool Finished => _epoch >= _settings.Epochs;

    /// <summary>One entry per finished epoch.</summary>
    public IReadOnlyList<EpochReport> History => _history;

    /// <summary>Time split and shots since this trainer was made; not part of a checkpoint.</summary>
    public TrainingTotals Totals { get; private set; }

    /// <summary>Trains to the last epoch, then puts the parameters that validated best into the network.</summary>
    public async Task RunAsync(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        while (!Finished)
        {
            if (_position < _data.Train.Count) { await StepAsync(progress, cancellation); }
            else { await FinishEpochAsync(progress, cancellation); }
        }

        _bestParameters.CopyTo(_network.Parameters.AsSpan());
    }

    /// <summary>The epoch that validated best: highest accuracy, then lowest loss; null before the first has finished.</summary>
    public EpochReport? Best { get; private set; }

    /// <summary>Everything needed to go on from here; arrays are copies.</summary>
    public TrainerState Export() => new(
        _seed, _epoch, _position, [.. _network.Parameters], [.. _bestParameters], Best?.Epoch ?? 0,
        [.. _optimizer.Memory[0]], _optimizer.Memory.Count > 1 ? [.. _optimizer.Memory[1]] : [], _optimizer.Steps, _sums, [.. _history]);

    /// <exception cref="ArgumentException">The state belongs to another seed, network or data set.</exception>
    public void Import(TrainerState state)
    {
        if (state.Seed != _seed || state.Parameters.Length != _network.Parameters.Length || state.BestParameters.Length != _network.Parameters.Length
            || state.Epoch < 0 || state.Epoch > _settings.Epochs || state.Position < 0 || state.Position > _data.Train.Count)
        {
            throw new ArgumentException(
                $"This checkpoint is of seed {state.Seed} with {state.Parameters.Length} parameters at sample {state.Position} of epoch {state.Epoch}; the training is of seed {_seed} with {_network.Parameters.Length} parameters, {_data.Train.Count} samples and {_settings.Epochs} epochs.",
                nameof(state));
        }

        _optimizer.Restore([.. new[] { state.FirstMoment, state.SecondMoment }.Take(_optimizer.Memory.Count)], state.OptimizerSteps);
        state.Parameters.CopyTo(_network.Parameters.AsSpan());
        _bestParameters = [.. state.BestParameters];
        (_epoch, _position, _sums) = (state.Epoch, state.Position, state.Sums);
        _history.Clear();
        _history.AddRange(state.History);
        Best = _history.Find(epoch => epoch.Epoch == state.BestEpoch);
    }

    private async Task StepAsync(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Shuffle();
        int first = _position, shots = Math.Min(_settings.BatchShots, _order.Length - first), features = _data.Train.FeatureCount;
        float[] x = new float[shots * features];
        int[] labels = new int[shots];
        for (int i = 0; i < shots; i++)
        {
            _data.Train.Features.AsSpan(_order[first + i] * features, features).CopyTo(x.AsSpan(i * features));
            labels[i] = _data.Train.Labels[_order[first + i]];
        }

        int step = (_epoch * StepsPerEpoch) + (first / _settings.BatchShots);
        double rate = _rates.At(step);
        StepReport report = await _step.RunAsync(new MiniBatch(x, labels, layer => TrainingShot(layer, first)), rate, cancellation);

        _position += shots;
        _sums = new EpochSums(_sums.Loss + (report.Loss * shots), _sums.ClampedSlots + report.ClampedSlots);
        Totals = Totals.With(report);
        progress?.Report(new TrainingProgress(
            _epoch + 1, _settings.Epochs, step + 1, StepsPerEpoch * _settings.Epochs, report.Loss, Last?.ValidationAccuracy, rate, Totals));
    }

    private async Task FinishEpochAsync(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        ulong validation = EpochShot(_epoch) + ((ulong)_order.Length * (ulong)_network.Shape.PassesPerSample);
        Score score = await Evaluation.RunAsync(_network, _system, _data.Validation, Math.Max(_settings.BatchShots, 64), validation, _time, cancellation);
        double slots = (double)((_network.Shape.Branches * _network.Shape.Plan.Slots) + _network.Shape.ActuatorCount) * _order.Length * _network.Shape.Layers;
        var report = new EpochReport(_epoch + 1, _sums.Loss / _order.Length, score.Accuracy, score.Loss, _sums.ClampedSlots / slots);
        _history.Add(report);
        if (Best is null || (report.ValidationAccuracy, -report.ValidationLoss).CompareTo((Best.ValidationAccuracy, -Best.ValidationLoss)) > 0)
        {
            Best = report;
            _bestParameters = [.. _network.Parameters];
        }

        (_epoch, _position, _sums) = (_epoch + 1, 0, default);
        Totals = Totals with { Passes = Totals.Passes + score.Passes, SystemTime = Totals.SystemTime + _time.GetElapsedTime(start) };
        int step = _epoch * StepsPerEpoch;
        progress?.Report(new TrainingProgress(
            _epoch, _settings.Epochs, step, StepsPerEpoch * _settings.Epochs, report.TrainLoss, report.ValidationAccuracy, _rates.At(step), Totals));
    }

    private int StepsPerEpoch => (_order.Length + _settings.BatchShots - 1) / _settings.BatchShots;

    private EpochReport? Last => _history.Count > 0 ? _history[^1] : null;

    // An epoch's training, then its validation, as they are played; within an epoch layer after layer, so that no index depends on the batch.
    private ulong EpochShot(int epoch) => _firstShot + ((ulong)epoch * (ulong)(_order.Length + _data.Validation.Count) * (ulong)_network.Shape.PassesPerSample);

    private ulong TrainingShot(int layer, int position) =>
        EpochShot(_epoch) + ((((ulong)layer * (ulong)_order.Length) + (ulong)position) * (ulong)_network.Shape.Branches);

    private void Shuffle()
    {
        if (_orderEpoch == _epoch) { return; }
        for (int i = 0; i < _order.Length; i++) { _order[i] = i; }
        new SeededRandom(_seed, stream: 0x5AFF1E00UL + (ulong)_epoch).Shuffle(_order);
        _orderEpoch = _epoch;
    }
}
