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
}
