namespace PnnEdge.Training.Methods;

/// <summary>One way to train: a mini-batch becomes a gradient of the loss, or an estimate of one. <see cref="TrainingStep"/> does the rest, the same for all.</summary>
public interface ITrainingMethod
{
    /// <summary>Shots that one gradient of so many samples plays.</summary>
    long Passes(int samples);

    /// <param name="gradient">[parameter], mean over the samples; overwritten.</param>
    Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation);
}

/// <summary>Samples of one step.</summary>
/// <param name="Features">[sample, feature].</param> <param name="Labels">[sample].</param>
/// <param name="ShotsOfLayer">Logical index of the first shot of a layer; asked once for every call that is played, in their order.</param>
public readonly record struct MiniBatch(ReadOnlyMemory<float> Features, ReadOnlyMemory<int> Labels, Func<int, ulong> ShotsOfLayer)
{
    public int Samples => Labels.Length;
}

/// <summary>What a gradient cost.</summary>
/// <param name="Loss">Nats per sample, on the measurement, without the penalty.</param>
/// <param name="Penalty">Range penalty, same scale.</param>
/// <param name="ClampedSlots">Slots and actuators clamped to their range, over layers and shots.</param>
/// <param name="SystemTime">Waiting for the system: physics and link.</param>
/// <param name="TwinTime">The twin's reverse, and what follows the twin's system.</param>
public readonly record struct GradientReport(double Loss, double Penalty, int ClampedSlots, TimeSpan SystemTime, TimeSpan TwinTime);
