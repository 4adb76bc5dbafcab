using PnnEdge.Numerics.Linear;
using PnnEdge.Numerics.Losses;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;

namespace PnnEdge.Training.Baselines;

/// <param name="TestAccuracy">0 to 1, after the chosen setting was fitted again on training and validation samples together.</param>
/// <param name="ValidationAccuracy">0 to 1, of the chosen setting.</param>
/// <param name="LearningRate">Chosen on the validation samples.</param>
/// <param name="WeightDecay">Chosen on the validation samples.</param>
public readonly record struct BaselineResult(double TestAccuracy, double ValidationAccuracy, double LearningRate, double WeightDecay);

/// <summary>The digital line beside every physical network: softmax regression on standardised features, tuned on the same validation samples.</summary>
public static class SoftmaxRegression
{
    private static readonly double[] LearningRates = [0.003, 0.03];
    private static readonly double[] WeightDecays = [0, 1e-4, 1e-3, 1e-2];

    /// <param name="steps">Adam steps per fit, cosine decay; batches of up to 256 samples in order.</param>
    public static BaselineResult Run(TaskData data, int steps, CancellationToken cancellation)
    {
        (Dataset train, Dataset validation) = (data.Train, data.Validation);
        var best = new BaselineResult(double.NaN, double.NegativeInfinity, 0, 0);
        double bestLoss = double.PositiveInfinity;
        foreach (double rate in LearningRates)
        {
            foreach (double decay in WeightDecays)
            {
                (double accuracy, double loss) = Model.Fit(train, steps, rate, decay, cancellation).Score(validation);
                if ((accuracy, -loss).CompareTo((best.ValidationAccuracy, -bestLoss)) > 0)
                {
                    best = best with { ValidationAccuracy = accuracy, LearningRate = rate, WeightDecay = decay };
                    bestLoss = loss;
                }
            }
        }

        var all = train with { Features = [.. train.Features, .. validation.Features], Labels = [.. train.Labels, .. validation.Labels] };
        return best with { TestAccuracy = Model.Fit(all, steps, best.LearningRate, best.WeightDecay, cancellation).Score(data.Test).Accuracy };
    }

    private sealed class Model(int features, int classes, float[] mean, float[] spread)
    {
        private readonly float[] _parameters = new float[(features + 1) * classes];

        public static Model Fit(Dataset data, int steps, double learningRate, double weightDecay, CancellationToken cancellation)
        {
            (float[] mean, float[] spread) = Moments(data);
            var model = new Model(data.FeatureCount, data.Classes, mean, spread);
            int weights = data.FeatureCount * data.Classes, batch = Math.Min(256, data.Count);
            float[] x = model.Standardised(data), logits = new float[batch * data.Classes], gradient = new float[model._parameters.Length];
            var adam = new Adam(model._parameters.Length);
            for (int step = 0, at = 0; step < steps; step++, at += batch)
            {
                cancellation.ThrowIfCancellationRequested();
                if (at + batch > data.Count) { at = 0; }
                ReadOnlySpan<float> rows = x.AsSpan(at * data.FeatureCount, batch * data.FeatureCount);
                model.Logits(rows, batch, logits);
                SoftmaxCrossEntropy.Gradient(logits, data.Labels.AsSpan(at, batch), logits);
                for (int i = 0; i < weights; i++) { gradient[i] = (float)(weightDecay * model._parameters[i]); }
                gradient.AsSpan(weights).Clear();
                MatrixProduct.AddTransposedTimes(logits, rows, data.Classes, batch, data.FeatureCount, gradient.AsSpan(0, weights));
                Rows.AddToEachVjp(logits, batch, gradient.AsSpan(weights));
                adam.Step(model._parameters, gradient, CosineDecay.Rate(learningRate, step, steps));
            }

            return model;
        }

        public (double Accuracy, double Loss) Score(Dataset data)
        {
            float[] logits = new float[data.Count * classes];
            Logits(Standardised(data), data.Count, logits);
            int correct = Enumerable.Range(0, data.Count).Count(i => Evaluation.Largest(logits.AsSpan(i * classes, classes)) == data.Labels[i]);
            return ((double)correct / data.Count, SoftmaxCrossEntropy.Forward(logits, data.Labels));
        }

        private void Logits(ReadOnlySpan<float> x, int rows, Span<float> logits)
        {
            MatrixProduct.TimesTransposed(x, _parameters.AsSpan(0, features * classes), rows, features, classes, logits);
            Rows.AddToEach(_parameters.AsSpan(features * classes), rows, logits);
        }

        private float[] Standardised(Dataset data)
        {
            float[] x = new float[data.Features.Length];
            for (int i = 0; i < x.Length; i++) { x[i] = (data.Features[i] - mean[i % features]) / spread[i % features]; }
            return x;
        }

        private static (float[] Mean, float[] Spread) Moments(Dataset data)
        {
            float[] mean = new float[data.FeatureCount], spread = new float[data.FeatureCount];
            for (int f = 0; f < data.FeatureCount; f++)
            {
                double sum = 0, squares = 0;
                for (int s = 0; s < data.Count; s++) { sum += data.Features[(s * data.FeatureCount) + f]; }
                for (int s = 0; s < data.Count; s++) { squares += Math.Pow(data.Features[(s * data.FeatureCount) + f] - (sum / data.Count), 2); }
                mean[f] = (float)(sum / data.Count);

                // The floor keeps a pixel that is lit in a handful of images from dominating the rest.
                spread[f] = (float)Math.Max(Math.Sqrt(squares / data.Count), 0.05);
            }

            return (mean, spread);
        }
    }
}
