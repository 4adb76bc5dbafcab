namespace PnnEdge.Benchmarks;

/// <summary>One measured number, by the name under which it is promised.</summary>
/// <param name="Least">What is promised, in the same unit; null where nothing is.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Least = null)
{
    /// <summary>Written so that a value that is no number does not hold.</summary>
    public bool Holds => Least is null || Value >= Least;
}
