namespace PnnEdge.Training.Methods;

/// <summary>What a method takes instead of the experiment's own; null for that, or for the method's default.</summary>
public sealed record MethodTuning
{
    /// <summary>The optimizer's first rate.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Samples per step.</summary>
    public int? BatchShots { get; init; }

    /// <summary>How far parameters are moved to feel the loss, in their units: of perturbing methods, and ρ of sharpness-aware training.</summary>
    public float? Perturbation { get; init; }

    /// <summary>Perturbations averaged in one step of simultaneous perturbation.</summary>
    public int? Directions { get; init; }

    public TrainingSettings Applied(TrainingSettings settings) => settings with
    {
        LearningRate = LearningRate ?? settings.LearningRate,
        BatchShots = BatchShots ?? settings.BatchShots,
    };
}
