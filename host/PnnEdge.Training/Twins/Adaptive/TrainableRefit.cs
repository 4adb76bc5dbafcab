using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>The refit of a twin of layers: of the last one in closed form, or of all by Adam, whose moments live on from refit to refit.</summary>
/// <remarks>It moves the parameters of the twin that it was given.</remarks>
public sealed class TrainableRefit : ITwinRefit
{
    private readonly ITrainableTwin _twin;
    private readonly AdaptiveSettings _settings;
    private readonly ulong _seed;
    private readonly Adam _adam;
    private readonly float[] _gradient;

    public TrainableRefit(ITrainableTwin twin, AdaptiveSettings settings, ulong seed)
    {
        (_twin, _settings, _seed) = (twin, settings.Checked(), seed);
        _adam = new Adam(twin.Parameters.Length);
        _gradient = new float[twin.Parameters.Length];
    }

    public ITwin Twin => _twin;

    public void Run(ShotSet shots, int refit)
    {
        (float[] x, float[] y) = shots.Rows();
        if (_settings.Scope == RefitScope.Last)
        {
            LastLayerFit.Run(_twin, x, y, shots.Count, _settings.Ridge); // the least of what it minimises is at most what it was
            return;
        }

        float[] parameters = [.. _twin.Parameters], firstMoment = [.. _adam.FirstMoment], secondMoment = [.. _adam.SecondMoment];
        int steps = _adam.Steps;
        double missed = MeanSquareMissed(x, y, shots.Count);
        Fit(x, y, shots.Count, refit);
        if (!(MeanSquareMissed(x, y, shots.Count) < missed))
        {
            parameters.CopyTo(_twin.Parameters);
            _adam.Restore([firstMoment, secondMoment], steps);
        }
    }

    private void Fit(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots, int refit)
    {
        var random = new SeededRandom(_seed, stream: 0xADA0000 + (ulong)refit);
        int batch = Math.Min(_settings.BatchShots, shots), inputs = x.Length / shots, outputs = y.Length / shots;
        float[] batchX = new float[batch * inputs], batchY = new float[batch * outputs];
        for (int step = 0; step < _settings.FitSteps; step++)
        {
            for (int i = 0; i < batch; i++)
            {
                int shot = random.NextInt32(shots);
                x.Slice(shot * inputs, inputs).CopyTo(batchX.AsSpan(i * inputs));
                y.Slice(shot * outputs, outputs).CopyTo(batchY.AsSpan(i * outputs));
            }

            double loss = _twin.LossGradient(batchX, batchY, batch, _gradient);
            if (!double.IsFinite(loss)) { throw new InvalidOperationException($"The twin's error is {loss} in refit {refit}; try a lower rate than {_settings.LearningRate}."); }
            _adam.Step(_twin.Parameters, _gradient, _settings.LearningRate);
        }
    }

    // In units of the output spread.
    private double MeanSquareMissed(float[] x, float[] y, int shots)
    {
        int rows = shots * _twin.RowsPerShot;
        float[] features = new float[rows * _twin.LastFeatures], missing = new float[y.Length];
        _twin.LastLayerRows(x, y, shots, features, missing);
        return missing.Sum(miss => (double)miss * miss) / missing.Length;
    }
}
