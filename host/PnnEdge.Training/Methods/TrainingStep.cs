using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Methods;

/// <summary>One step of any method: its gradient, clipped, moves the parameters.</summary>
/// <param name="maxGradientNorm">Euclidean norm above which a gradient is scaled down.</param>
/// <param name="moved">Told after the parameters have moved; its time counts as the twin's.</param>
public sealed class TrainingStep(
    PhysicalNetwork network, ITrainingMethod method, Optimizer optimizer, double maxGradientNorm, TimeProvider time, Action? moved = null)
{
    private readonly float[] _gradient = new float[network.Parameters.Length];

    /// <exception cref="InvalidOperationException">Loss or gradient is not finite: the training diverged.</exception>
    public async Task<StepReport> RunAsync(MiniBatch batch, double learningRate, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        GradientReport report = await method.GradientAsync(batch, _gradient, cancellation);
        double norm = GradientClip.ToNorm(_gradient, maxGradientNorm);
        if (!double.IsFinite(report.Loss + norm))
        {
            throw new InvalidOperationException($"The loss is {report.Loss} and its gradient {norm}; the training diverged, try a lower learning rate.");
        }

        optimizer.Step(network.Parameters, _gradient, learningRate);
        long movedAt = time.GetTimestamp();
        moved?.Invoke();
        TimeSpan twinTime = report.TwinTime + time.GetElapsedTime(movedAt), updateTime = time.GetElapsedTime(begun) - report.SystemTime - twinTime;
        return new StepReport(report.Loss, report.Penalty, report.ClampedSlots, (int)method.Passes(batch.Samples), report.SystemTime, twinTime, updateTime);
    }
}

/// <param name="Loss">Nats per sample, on the measurement, without the penalty.</param>
/// <param name="Penalty">Range penalty, same scale.</param>
/// <param name="ClampedSlots">Slots and actuators clamped to their range, over layers and shots.</param>
/// <param name="Passes">Shots played.</param>
/// <param name="SystemTime">Waiting for the system: physics and link.</param>
/// <param name="TwinTime">The twin's reverse, and what follows the twin's system.</param>
/// <param name="UpdateTime">Everything else.</param>
public readonly record struct StepReport(
    double Loss, double Penalty, int ClampedSlots, int Passes, TimeSpan SystemTime, TimeSpan TwinTime, TimeSpan UpdateTime);
