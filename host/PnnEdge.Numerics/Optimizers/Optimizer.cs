namespace PnnEdge.Numerics.Optimizers;

/// <summary>Moves parameters against a gradient. Memory and step count are its whole state.</summary>
public abstract class Optimizer
{
    private readonly float[][] _memory;

    /// <param name="memories">Numbers that it keeps for each parameter.</param>
    protected Optimizer(int parameters, int memories) => _memory = [.. Enumerable.Range(0, memories).Select(_ => new float[parameters])];

    /// <summary>[kind][parameter]: what it remembers of earlier steps; part of a checkpoint.</summary>
    public IReadOnlyList<float[]> Memory => _memory;

    /// <summary>Steps taken; part of a checkpoint.</summary>
    public int Steps { get; private set; }

    /// <summary>[parameter]: each one's learning rate as a factor of the step's; empty for 1 throughout.</summary>
    public float[] RateFactors { get; init; } = [];

    /// <param name="memory">As <see cref="Memory"/> was.</param>
    /// <exception cref="ArgumentException">It is of another optimizer, or of other parameters.</exception>
    public void Restore(IReadOnlyList<float[]> memory, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (memory.Count != _memory.Length) { throw new ArgumentException($"{memory.Count} memories came; this optimizer has {_memory.Length}.", nameof(memory)); }
        for (int kind = 0; kind < _memory.Length; kind++) { Require.Length(memory[kind], _memory[kind].Length, nameof(memory)); }
        for (int kind = 0; kind < _memory.Length; kind++) { memory[kind].CopyTo(_memory[kind], 0); }
        Steps = steps;
    }

    /// <param name="parameters">[parameter]; moved against the gradient.</param> <param name="gradient">[parameter].</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Require.Length(parameters, _memory[0].Length, nameof(parameters));
        Require.Length(gradient, _memory[0].Length, nameof(gradient));
        Steps++;
        Move(parameters, gradient, learningRate);
    }

    /// <param name="learningRate">Of this step, which <see cref="Steps"/> already counts.</param>
    protected abstract void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);

    protected float[] MemoryAt(int kind) => _memory[kind];
}
