using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Twins;

namespace PnnEdge.Benchmarks.Twins;

/// <summary>A twin's training step as every fit takes it.</summary>
internal sealed class ManagedTrainingStep
{
    private const double LearningRate = 1e-3;

    private readonly MlpTwin _twin;
    private readonly Adam _adam;
    private readonly float[] _gradient;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int _shots;

    /// <param name="x">[shot, input].</param> <param name="y">[shot, output].</param>
    public ManagedTrainingStep(IReadOnlyList<int> widths, float[] x, float[] y, int shots)
    {
        (_x, _y, _shots) = (x, y, shots);
        _twin = new MlpTwin(TwinCosts.Ones(widths[0], widths[^1]), [.. widths.Skip(1).SkipLast(1)], seed: 1, actuators: 0);
        _adam = new Adam(_twin.Parameters.Length);
        _gradient = new float[_twin.Parameters.Length];
    }

    /// <summary>[layer: weight [out, in], then bias [out]].</summary>
    public float[] Parameters => _twin.Parameters;

    /// <summary>Forward, backward, Adam.</summary>
    /// <returns>Mean squared error before the step.</returns>
    public double Step()
    {
        double loss = _twin.LossGradient(_x, _y, _shots, _gradient);
        _adam.Step(_twin.Parameters, _gradient, LearningRate);
        return loss;
    }
}
