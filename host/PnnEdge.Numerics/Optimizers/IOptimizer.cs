namespace PnnEdge.Numerics.Optimizers;

/// <summary>Moves parameters against a gradient. Memory and step count are its whole state.</summary>
public interface IOptimizer
{
    /// <summary>[kind][parameter]: what it remembers of earlier steps; part of a checkpoint.</summary>
    IReadOnlyList<float[]> Memory { get; }

    /// <summary>Steps taken; part of a checkpoint.</summary>
    int Steps { get; }

    /// <param name="memory">As <see cref="Memory"/> was.</param>
    /// <exception cref="ArgumentException">It is of another optimizer, or of other parameters.</exception>
    void Restore(IReadOnlyList<float[]> memory, int steps);

    /// <param name="parameters">[parameter]; moved against the gradient.</param> <param name="gradient">[parameter].</param>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);
}

internal static class OptimizerMemory
{
    public static void Restore(IReadOnlyList<float[]> from, IReadOnlyList<float[]> to, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (from.Count != to.Count) { throw new ArgumentException($"{from.Count} memories came; this optimizer has {to.Count}.", nameof(from)); }
        for (int kind = 0; kind < to.Count; kind++) { Require.Length(from[kind], to[kind].Length, nameof(from)); }
        for (int kind = 0; kind < to.Count; kind++) { from[kind].CopyTo(to[kind], 0); }
    }
}
