using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary><see cref="DriftAnswer.OldTwin"/> and <see cref="DriftAnswer.RefitTwin"/>: so many further steps in each stage.</summary>
public sealed class TrainingAnswer(DriftAnswer kind, ContinuedTraining training, int stepsPerStage, double learningRate) : IDriftAnswer
{
    public DriftAnswer Kind => kind;

    public PhysicalNetwork Network => training.Network;

    public IPhysicalSystem System => training.System;

    public int PassesPerStage => stepsPerStage * training.PassesPerStep;

    /// <summary>Error over spread of the twin on the last step, before it was refitted to that; NaN before the first.</summary>
    public double TwinNrmse => training.TwinNrmse;

    public Task PrepareAsync(ulong firstShot, CancellationToken cancellation) => Task.CompletedTask;

    public async Task AnswerAsync(ulong firstShot, CancellationToken cancellation)
    {
        for (int step = 0; step < stepsPerStage; step++)
        {
            await training.StepAsync(firstShot + ((ulong)step * (ulong)training.PassesPerStep), learningRate, cancellation);
        }
    }
}
