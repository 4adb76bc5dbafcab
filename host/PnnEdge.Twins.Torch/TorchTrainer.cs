using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Twins;
using TorchSharp;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch;

/// <summary>Fits any module to shots with torch's Adam: the mini-batches, their order and the falling rate of <see cref="TwinTrainer"/>.</summary>
public sealed class TorchTrainer : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly optim.Optimizer _adam;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly Tensor _spread;
    private readonly long[] _batch;
    private readonly int[] _order;
    private readonly SeededRandom _random;

    /// <param name="module">[shot, slot then actuator], V → [shot, output], V; moved by every step, not owned.</param>
    /// <param name="outputSpreadVolts">[output]: the loss is the mean squared error in units of these, as <see cref="TwinScale.OutputSpreadVolts"/>.</param>
    /// <param name="seed">For the order of the shots.</param>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here.</exception>
    public TorchTrainer(nn.Module<Tensor, Tensor> module, ShotSet shots, ReadOnlySpan<float> outputSpreadVolts, int batchShots, ulong seed)
    {
        TorchEngine.Load();
        _module = module;
        (float[] x, float[] y) = shots.Rows();
        (_x, _y, _spread) = (Kept(x, shots.Count), Kept(y, shots.Count), Kept(outputSpreadVolts, 1));
        _adam = optim.Adam(module.parameters());
        _batch = new long[Math.Min(batchShots, shots.Count)];
        _order = [.. Enumerable.Range(0, shots.Count)];
        _random = new SeededRandom(seed, stream: 0xF18); // TwinTrainer's, so that both see the same batches
    }

    /// <summary>Whole mini-batches; shots that fill none wait for the next epoch's order.</summary>
    public int StepsPerEpoch => _order.Length / _batch.Length;

    /// <summary>Taken so far.</summary>
    public int Steps { get; private set; }

    /// <returns>The loss of the mini-batch before the step.</returns>
    /// <exception cref="InvalidOperationException">It is not finite; the module stays as it was.</exception>
    public double Step(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        int at = Steps % StepsPerEpoch;
        if (at == 0) { _random.Shuffle(_order); }
        for (int i = 0; i < _batch.Length; i++) { _batch[i] = _order[(at * _batch.Length) + i]; }
        Tensor shots = tensor(_batch);

        if (!_module.training) { _module.train(); }
        _adam.zero_grad();
        Tensor loss = ((_module.forward(_x[shots]) - _y[shots]) / _spread).square().mean();
        double value = loss.item<float>();
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException($"The twin's error is {value} in step {Steps + 1}; the fit diverged, try a learning rate below {learningRate:G3}.");
        }

        loss.backward();
        foreach (optim.ILearningRateController group in _adam.ParamGroups) { group.LearningRate = learningRate; }
        _adam.step();
        Steps++;
        return value;
    }

    /// <summary>Epochs along a cosine that starts at the given rate.</summary>
    /// <param name="done">Told after every epoch: how many, and the epoch's mean loss.</param>
    public void Run(int epochs, double learningRate, Action<int, double>? done, CancellationToken cancellation) =>
        TwinTrainer.RunEpochs(Step, StepsPerEpoch, epochs, learningRate, done, cancellation);

    public void Dispose()
    {
        _adam.Dispose();
        _x.Dispose();
        _y.Dispose();
        _spread.Dispose();
    }

    private static Tensor Kept(ReadOnlySpan<float> values, int rows) => TensorRows.Of(values, rows).DetachFromDisposeScope();
}
