using PnnEdge.Training.Methods;

namespace PnnEdge.Interchange.TensorBoard;

/// <summary>A training as TensorBoard shows it: each step as it is finished, each epoch behind its last step.</summary>
/// <param name="folder">Of this training alone.</param>
/// <param name="finishedSteps">Steps that an earlier session finished; 0 for a new training.</param>
public sealed class TrainingEvents(string folder, long finishedSteps, TimeProvider time) : IDisposable
{
    private readonly EventFile _file = new(folder, finishedSteps + 1, time);

    public void Step(TrainingProgress progress) => _file.Write(
        progress.Step,
        new Scalar("step/loss_nats", progress.Loss, "Cross-entropy of one mini-batch through the system that is trained on, nats per sample."),
        new Scalar("step/learning_rate", progress.LearningRate, "Of the optimizer, before the factors of each kind of parameter."),
        new Scalar("step/shots_per_second", progress.Totals.ShotsPerSecond, "Shots per second of physics, twin and update, since this session began."));

    /// <param name="step">The epoch's last.</param>
    public void Epoch(long step, EpochReport epoch) => _file.Write(
        step,
        new Scalar("epoch/train_loss_nats", epoch.TrainLoss, "Mean over the epoch's steps, nats per sample, before each update."),
        new Scalar("epoch/validation_loss_nats", epoch.ValidationLoss, "On the validation samples, nats per sample."),
        new Scalar("epoch/validation_accuracy", epoch.ValidationAccuracy, "On the validation samples, 0 to 1, through the system that is trained on."),
        new Scalar("epoch/clamped_share", epoch.ClampedShare, "Slots and actuators clamped to their range, 0 to 1 of all played."));

    public void Dispose() => _file.Dispose();
}
