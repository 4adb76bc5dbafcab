using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Training.Twins;

/// <summary>A loss over a mini-batch and its gradient; <see cref="ITrainableTwin.LossGradient"/> is one.</summary>
/// <param name="x">[shot, slot then actuator], V.</param> <param name="y">[shot, output].</param> <param name="gradient">[parameter]; overwritten.</param>
public delegate double BatchLoss(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots, Span<float> gradient);

/// <summary>Fits parameters to shots, one mini-batch at a time, with Adam; every epoch in an order of its own.</summary>
public sealed class TwinTrainer
{
    private readonly float[] _parameters;
    private readonly BatchLoss _loss;
    private readonly float[] _allX;
    private readonly float[] _allY;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly Adam _adam;
    private readonly float[] _gradient;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int[] _order;
    private readonly SeededRandom _random;

    /// <param name="parameters">Moved by every step.</param>
    /// <param name="seed">For the order of the shots.</param>
    public TwinTrainer(float[] parameters, BatchLoss loss, ShotSet shots, int batchShots, ulong seed)
    {
        (_parameters, _loss) = (parameters, loss);
        (_allX, _allY) = shots.Rows();
        (_inputs, _outputs) = (_allX.Length / shots.Count, _allY.Length / shots.Count);
        BatchShots = Math.Min(batchShots, shots.Count);
        _adam = new Adam(parameters.Length);
        _gradient = new float[parameters.Length];
        (_x, _y) = (new float[BatchShots * _inputs], new float[BatchShots * _outputs]);
        _order = [.. Enumerable.Range(0, shots.Count)];
        _random = new SeededRandom(seed, stream: 0xF18);
    }

    public TwinTrainer(ITrainableTwin twin, ShotSet shots, int batchShots, ulong seed)
        : this(twin.Parameters, twin.LossGradient, shots, batchShots, seed)
    {
    }

    public int BatchShots { get; }

    /// <summary>Whole mini-batches; shots that fill none wait for the next epoch's order.</summary>
    public int StepsPerEpoch => _order.Length / BatchShots;

    /// <summary>Taken so far.</summary>
    public int Steps { get; private set; }

    /// <returns>The loss of the mini-batch before the step.</returns>
    /// <exception cref="InvalidOperationException">It is not finite.</exception>
    public double Step(double learningRate)
    {
        int at = Steps % StepsPerEpoch;
        if (at == 0) { _random.Shuffle(_order); }
        for (int i = 0; i < BatchShots; i++)
        {
            int shot = _order[(at * BatchShots) + i];
            _allX.AsSpan(shot * _inputs, _inputs).CopyTo(_x.AsSpan(i * _inputs));
            _allY.AsSpan(shot * _outputs, _outputs).CopyTo(_y.AsSpan(i * _outputs));
        }

        double loss = _loss(_x, _y, BatchShots, _gradient);
        if (!double.IsFinite(loss))
        {
            throw new InvalidOperationException($"The twin's error is {loss} in step {Steps + 1}; the fit diverged, try a learning rate below {learningRate:G3}.");
        }

        _adam.Step(_parameters, _gradient, learningRate);
        Steps++;
        return loss;
    }

    /// <summary>Epochs along a cosine that starts at the given rate.</summary>
    /// <param name="done">Told after every epoch: how many, and the epoch's mean loss.</param>
    public void Run(int epochs, double learningRate, Action<int, double>? done, CancellationToken cancellation) =>
        RunEpochs(Step, StepsPerEpoch, epochs, learningRate, done, cancellation);

    /// <summary>The same for any trainer.</summary>
    /// <param name="step">Takes one at a learning rate; gives the loss before it.</param>
    public static void RunEpochs(
        Func<double, double> step, int stepsPerEpoch, int epochs, double learningRate, Action<int, double>? done, CancellationToken cancellation)
    {
        int taken = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            double loss = 0;
            for (int at = 0; at < stepsPerEpoch; at++, taken++)
            {
                cancellation.ThrowIfCancellationRequested();
                loss += step(CosineDecay.Rate(learningRate, taken, epochs * stepsPerEpoch)) / stepsPerEpoch;
            }

            done?.Invoke(epoch, loss);
        }
    }
}
