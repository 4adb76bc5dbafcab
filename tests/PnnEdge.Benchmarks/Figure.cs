namespace PnnEdge.Benchmarks;

/// <summary>One measured number, by the name under which it is promised.</summary>
public sealed record Figure(string Name, double Value, string Unit);
