namespace PnnEdge.Training.Methods;

/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean over the epoch's steps, nats per sample, before each update.</param>
/// <param name="ValidationAccuracy">0 to 1, through the system trained on.</param>
/// <param name="ValidationLoss">Nats per sample.</param>
/// <param name="ClampedShare">Slots and actuators clamped to their range, 0 to 1 of all played.</param>
public sealed record EpochReport(int Epoch, double TrainLoss, double ValidationAccuracy, double ValidationLoss, double ClampedShare);

/// <param name="Epoch">From 1.</param>
/// <param name="Step">Finished steps.</param>
/// <param name="Loss">Of the last step (of the epoch, when one has just finished), nats per sample.</param>
/// <param name="ValidationAccuracy">Of the last finished epoch; null in the first.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double Loss, double? ValidationAccuracy, double LearningRate, TrainingTotals Totals);

/// <summary>Where the time went, and how many shots were played.</summary>
/// <param name="SystemTime">Waiting for the system: physics and, where there is one, the link; validation included.</param>
/// <param name="TwinTime">The twin's reverse.</param>
/// <param name="UpdateTime">Encoding's reverse, loss, optimizer.</param>
public readonly record struct TrainingTotals(long Passes, TimeSpan SystemTime, TimeSpan TwinTime, TimeSpan UpdateTime)
{
    public double ShotsPerSecond => Passes / Math.Max((SystemTime + TwinTime + UpdateTime).TotalSeconds, 1e-9);

    internal TrainingTotals With(StepReport step) =>
        new(Passes + step.Passes, SystemTime + step.SystemTime, TwinTime + step.TwinTime, UpdateTime + step.UpdateTime);
}

/// <summary>Running sums of the epoch in progress.</summary>
public readonly record struct EpochSums(double Loss, long ClampedSlots);

/// <summary>A trainer between two steps. Chance needs no state: orders and shots are functions of seed, epoch and position.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Position">Samples of the current epoch already used.</param>
/// <param name="BestEpoch">From 1; 0 for none yet.</param>
public sealed record TrainerState(
    ulong Seed, int Epoch, int Position, float[] Parameters, float[] BestParameters, int BestEpoch,
    float[] FirstMoment, float[] SecondMoment, int OptimizerSteps, EpochSums Sums, IReadOnlyList<EpochReport> History);
