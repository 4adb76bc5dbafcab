namespace PnnEdge.Cli.Runs;

/// <summary>How a network came by its parameters; all are deployed on the same physical system.</summary>
public enum Method
{
    /// <summary>Physics-aware training: forward through the physical system, backward through the twin (Wright et al. 2022).</summary>
    Pat,

    /// <summary>Trained on the twin alone.</summary>
    InSilico,

    /// <summary>Trained on the twin with noise drawn from a model of the system's noise.</summary>
    NoiseAware,

    /// <summary>Ideal backpropagation through the simulator's own noise-free equations, at nominal constants.</summary>
    Ideal,

    /// <summary>A digital rival of hybrid networks: their digital layers and the clamp, a wire in the physics' place.</summary>
    Clamp,
}

internal static class Methods
{
    /// <summary>What <c>pnn train</c> does.</summary>
    public static IReadOnlyList<Method> Trained { get; } = [Method.Pat, Method.InSilico];

    /// <summary>As metrics, checkpoints and JSON name it.</summary>
    public static string NameOf(Method method) => method switch
    {
        Method.Pat => "pat",
        Method.InSilico => "in_silico",
        Method.NoiseAware => "noise_aware",
        Method.Ideal => "ideal",
        Method.Clamp => "clamp",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };

    public static string StageOf(Method method) => method switch
    {
        Method.Pat => "physics-aware training",
        Method.InSilico => "training in silico",
        Method.NoiseAware => "noise-aware training in silico",
        Method.Ideal => "ideal backpropagation",
        Method.Clamp => "digital layers and clamp",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };
}
