namespace PnnEdge.Training.Twins;

/// <summary>What a twin is made of.</summary>
public enum TwinKind
{
    /// <summary>One perceptron for the whole shot.</summary>
    Perceptron,

    /// <summary>A small perceptron that every window of a time-domain system shares.</summary>
    CausalPerceptron,

    /// <summary>A causal temporal convolution, for long shots of a time-domain system.</summary>
    CausalConvolution,

    /// <summary>The system's own equations, with constants that are wrong or fitted.</summary>
    GreyBox,
}

/// <summary>How a twin is fitted.</summary>
public sealed record TwinFitSettings
{
    public TwinKind Kind { get; init; }

    /// <summary>Random shots played, the held-out tenth included.</summary>
    public required int Shots { get; init; }

    /// <summary>Shots per call of the system; the actuators are the same within a call.</summary>
    public required int ShotsPerCall { get; init; }

    /// <summary>Widths of a perceptron's hidden layers, or channels of a convolution's layers; none for a grey box.</summary>
    public int[] HiddenWidths { get; init; } = [];

    /// <summary>Times through the fitted shots; of a grey box, the most Levenberg–Marquardt steps.</summary>
    public required int Epochs { get; init; }

    /// <summary>Shots per optimizer step.</summary>
    public int BatchShots { get; init; } = 8;

    /// <summary>Adam's first rate; falls to 1 % of it along a cosine.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>How many slots back a window of a causal perceptron sees, or the first layer of a causal convolution.</summary>
    public int MemorySlots { get; init; }

    /// <summary>Of a grey box: how far its constants start from the model's, relative, each up or down.</summary>
    public double ConstantError { get; init; }

    /// <summary>Of a grey box: whether its constants are fitted, or stay where they start.</summary>
    public bool FitConstants { get; init; } = true;
}
