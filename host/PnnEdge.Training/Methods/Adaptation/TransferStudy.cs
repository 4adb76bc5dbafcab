using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Data;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>A network that was trained on another unit, on this one: as it comes, and while physics-aware training goes on.</summary>
/// <param name="training">Of the network as it came, on this unit.</param>
public sealed class TransferStudy(ContinuedTraining training, Dataset test, TransferPlan plan, int batchShots, TimeProvider time)
{
    /// <param name="reached">Told after every test.</param>
    /// <returns>[test]; the first is of the network as it came.</returns>
    public async Task<IReadOnlyList<TransferScore>> RunAsync(IProgress<TransferScore>? reached, CancellationToken cancellation)
    {
        List<TransferScore> curve = [];
        ulong shot = plan.FirstShot;
        for (int step = 0; step <= plan.Steps; step++)
        {
            if (step > 0)
            {
                await training.StepAsync(shot, CosineDecay.Rate(plan.LearningRate, step - 1, plan.Steps), cancellation);
                shot += (ulong)training.PassesPerStep;
            }

            if (step % plan.StepsPerTest != 0 && step != plan.Steps) { continue; }
            Score score = await Evaluation.RunAsync(training.Network, training.System, test, batchShots, shot, time, cancellation);
            shot += (ulong)score.Passes;
            curve.Add(new TransferScore(step * training.PassesPerStep, score.Accuracy, score.Loss, training.TwinNrmse));
            reached?.Report(curve[^1]);
        }

        return curve;
    }
}

/// <param name="FirstShot">Logical index.</param>
/// <param name="Steps">Of further training.</param>
/// <param name="StepsPerTest">From one test to the next.</param>
/// <param name="LearningRate">The first; it falls along half a cosine.</param>
public sealed record TransferPlan(ulong FirstShot, int Steps, int StepsPerTest, double LearningRate);

/// <param name="Passes">Physical passes of further training, without tests.</param>
/// <param name="Accuracy">0 to 1.</param>
/// <param name="Loss">Nats per sample.</param>
/// <param name="TwinNrmse">Error over spread of the twin on the last step; NaN before the first.</param>
public readonly record struct TransferScore(int Passes, double Accuracy, double Loss, double TwinNrmse);
