namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>What of a twin is fitted again while it is in use.</summary>
public enum RefitScope
{
    /// <summary>The last layer; of a grey box, the readout behind its equations. A linear fit that stays near where it was.</summary>
    Last,

    /// <summary>Every layer, by a few steps of Adam; of a grey box, its constants too, by a few damped Gauss–Newton steps.</summary>
    All,
}

/// <summary>How a twin follows its system; the numbers are ours.</summary>
public sealed record AdaptiveSettings
{
    public RefitScope Scope { get; init; }

    /// <summary>Most shots remembered; the oldest make room.</summary>
    public int WindowShots { get; init; } = 256;

    /// <summary>Most shots taken from each layer of a training step, evenly spaced.</summary>
    public int ShotsPerLayer { get; init; } = 8;

    /// <summary>Training steps between two refits.</summary>
    public int EverySteps { get; init; } = 10;

    /// <summary>Of the last layer: the pull towards where it was, relative to the mean square of its features. Of a grey box: the same of each unknown, by what it does alone.</summary>
    public double Ridge { get; init; } = 1e-3;

    /// <summary>Of all layers: Adam's steps in a refit.</summary>
    public int FitSteps { get; init; } = 20;

    /// <summary>Of all layers: shots per step.</summary>
    public int BatchShots { get; init; } = 16;

    /// <summary>Of all layers: Adam's rate, which stays.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Of a grey box's constants: most damped steps in a refit. Each costs two forward passes over the shots for every constant.</summary>
    public int EquationSteps { get; init; } = 2;

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public AdaptiveSettings Checked() =>
        WindowShots >= 1 && ShotsPerLayer >= 1 && EverySteps >= 1 && Ridge > 0 && FitSteps >= 1 && BatchShots >= 1 && LearningRate > 0 && EquationSteps >= 1
            ? this
            : throw new ArgumentException(
                $"A window of {WindowShots} shots, {ShotsPerLayer} per layer, refits every {EverySteps} steps, a ridge of {Ridge}, {FitSteps} steps of {BatchShots} shots at a rate of {LearningRate}, {EquationSteps} of equations: all must be above 0.");
}
