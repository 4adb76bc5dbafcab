using PnnEdge.Numerics.Optimizers;

namespace PnnEdge.Training.Methods;

/// <summary>The learning rate of every step of a training: warm-up, decay, restarts.</summary>
/// <param name="steps">Of the whole training.</param>
internal sealed class RateSchedule(TrainingSettings settings, int steps)
{
    public double At(int step)
    {
        double warmup = settings.WarmupShare * steps;
        double risen = step < warmup ? (step + 1) / (warmup + 1) : 1;
        if (settings.Decay == RateDecay.None) { return risen * settings.LearningRate; }
        long stretches = settings.Restarts + 1;
        long stretch = Math.Min(stretches - 1, step * stretches / Math.Max(1, steps));
        int begins = (int)Begins(stretch), ends = (int)Begins(stretch + 1);
        return risen * CosineDecay.Rate(settings.LearningRate, step - begins, ends - begins);

        long Begins(long which) => ((which * steps) + stretches - 1) / stretches;
    }
}
