namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>How one kind of twin is fitted anew while it is in use: a twin with its own way to follow.</summary>
/// <remarks>A refit that does not lower the error on the shots that it is given leaves twin and state as they were.</remarks>
public interface ITwinRefit
{
    /// <summary>As it is now; a refit may put another in its place.</summary>
    ITwin Twin { get; }

    /// <param name="shots">What the system did lately; at least one.</param>
    /// <param name="refit">From 1; with a seed of its own all that chance depends on.</param>
    void Run(ShotSet shots, int refit);

    /// <summary>Everything needed to go on from here; arrays are copies.</summary>
    RefitState Export();

    /// <exception cref="ArgumentException">The state belongs to another twin.</exception>
    void Import(RefitState state);
}

/// <summary>A twin and its refit between two refits.</summary>
/// <param name="Parameters">Of the twin, in an order of its kind.</param>
/// <param name="FirstMoment">[parameter], Adam's; empty for a refit without.</param> <param name="SecondMoment">[parameter], Adam's; empty for a refit without.</param>
/// <param name="OptimizerSteps">Adam's; 0 for a refit without.</param>
public sealed record RefitState(double[] Parameters, float[] FirstMoment, float[] SecondMoment, int OptimizerSteps)
{
    /// <summary>Of a refit without an optimizer.</summary>
    public static RefitState Of(double[] parameters) => new(parameters, [], [], 0);
}
