using PnnEdge.Numerics.Losses;
using PnnEdge.Training.Data;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods;

/// <param name="Accuracy">Share of samples whose largest logit is their label, 0 to 1.</param>
/// <param name="Loss">Nats per sample.</param>
/// <param name="Passes">Shots played.</param>
public readonly record struct Score(double Accuracy, double Loss, int Passes);

/// <summary>A network's score on a data set, through a system.</summary>
public static class Evaluation
{
    /// <param name="firstShot">Logical index of the first shot; branch b of layer l of sample i is shot first + (l·samples + i)·branches + b, whatever the batch.</param>
    /// <param name="predictions">[sample]: the class chosen; overwritten when given.</param>
    public static async Task<Score> RunAsync(
        PhysicalNetwork network, IPhysicalSystem system, Dataset data, int batchShots, ulong firstShot, TimeProvider time,
        CancellationToken cancellation, int[]? predictions = null)
    {
        if (data.Count == 0) { throw new ArgumentException($"{data.Name} has no samples to evaluate.", nameof(data)); }
        var pass = new ForwardPass(network, time);
        int correct = 0;
        double loss = 0;
        for (int start = 0; start < data.Count; start += batchShots)
        {
            int first = start, shots = Math.Min(batchShots, data.Count - start);
            await pass.RunAsync(
                system, data.Features.AsMemory(start * data.FeatureCount, shots * data.FeatureCount), shots,
                layer => firstShot + (((ulong)layer * (ulong)data.Count) + (ulong)first) * (ulong)network.Shape.Branches, cancellation);
            loss += shots * SoftmaxCrossEntropy.Forward(pass.Logits, data.Labels.AsSpan(start, shots));
            for (int i = 0; i < shots; i++)
            {
                int chosen = Largest(pass.Logits.Slice(i * network.Shape.Classes, network.Shape.Classes));
                if (predictions is not null) { predictions[start + i] = chosen; }
                if (chosen == data.Labels[start + i]) { correct++; }
            }
        }

        return new Score((double)correct / data.Count, loss / data.Count, data.Count * network.Shape.PassesPerSample);
    }

    internal static int Largest(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int c = 1; c < row.Length; c++)
        {
            if (row[c] > row[best]) { best = c; }
        }

        return best;
    }
}
