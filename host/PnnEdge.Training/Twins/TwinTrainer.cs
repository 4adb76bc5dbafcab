using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Training.Twins;

/// <summary>Fits a twin to shots, one mini-batch at a time: mean squared error, Adam; every epoch in an order of its own.</summary>
public sealed class TwinTrainer
{
    private readonly ITrainableTwin _twin;
    private readonly float[] _allX;
    private readonly float[] _allY;
    private readonly int _batch;
    private readonly Adam _adam;
    private readonly float[] _gradient;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int[] _order;
    private readonly SeededRandom _random;

    /// <param name="seed">For the order of the shots.</param>
    public TwinTrainer(ITrainableTwin twin, ShotSet shots, int batchShots, ulong seed)
    {
        _twin = twin;
        (_allX, _allY) = shots.Rows();
        _batch = Math.Min(batchShots, shots.Count);
        _adam = new Adam(twin.Parameters.Length);
        _gradient = new float[twin.Parameters.Length];
        _x = new float[_batch * (twin.Slots + twin.Actuators)];
        _y = new float[_batch * twin.Outputs];
        _order = [.. Enumerable.Range(0, shots.Count)];
        _random = new SeededRandom(seed, stream: 0xF18);
        StepsPerEpoch = shots.Count / _batch;
    }

    /// <summary>Whole mini-batches; shots that fill none wait for the next epoch's order.</summary>
    public int StepsPerEpoch { get; }

    public int BatchShots => _batch;

    public int Steps { get; private set; }

    /// <returns>Mean squared error of the mini-batch before the step, in units of the output spread.</returns>
    public double Step(double learningRate)
    {
        int inputs = _twin.Slots + _twin.Actuators, outputs = _twin.Outputs, at = Steps % StepsPerEpoch;
        if (at == 0) { _random.Shuffle(_order); }
        for (int i = 0; i < _batch; i++)
        {
            int shot = _order[(at * _batch) + i];
            _allX.AsSpan(shot * inputs, inputs).CopyTo(_x.AsSpan(i * inputs));
            _allY.AsSpan(shot * outputs, outputs).CopyTo(_y.AsSpan(i * outputs));
        }

        double loss = _twin.LossGradient(_x, _y, _batch, _gradient);
        _adam.Step(_twin.Parameters, _gradient, learningRate);
        Steps++;
        return double.IsFinite(loss)
            ? loss
            : throw new InvalidOperationException($"The twin's error is {loss} in step {Steps}; the fit diverged, try a learning rate below {learningRate:G3}.");
    }
}
