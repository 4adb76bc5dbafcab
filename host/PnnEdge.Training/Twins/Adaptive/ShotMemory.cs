namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>The last so many shots, as rows; a new one takes the place of the oldest.</summary>
internal sealed class ShotMemory(int capacity, int inputs, int outputs)
{
    private readonly float[] _x = new float[capacity * inputs];
    private readonly float[] _y = new float[capacity * outputs];

    public int Count { get; private set; }

    public int Capacity => capacity;

    /// <summary>Where the next shot goes.</summary>
    public int Next { get; private set; }

    /// <summary>[shot, slot then actuator], V.</summary>
    public ReadOnlySpan<float> X => _x.AsSpan(0, Count * inputs);

    /// <summary>[shot, window], V.</summary>
    public ReadOnlySpan<float> Y => _y.AsSpan(0, Count * outputs);

    public void Add(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, ReadOnlySpan<float> windows)
    {
        Span<float> row = _x.AsSpan(Next * inputs, inputs);
        slots.CopyTo(row);
        actuators.CopyTo(row[slots.Length..]);
        windows.CopyTo(_y.AsSpan(Next * outputs, outputs));
        Next = (Next + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
    }

    public void Copy(int shot, int row, Span<float> x, Span<float> y)
    {
        _x.AsSpan(shot * inputs, inputs).CopyTo(x[(row * inputs)..]);
        _y.AsSpan(shot * outputs, outputs).CopyTo(y[(row * outputs)..]);
    }

    /// <exception cref="ArgumentException">The rows do not fit.</exception>
    public void Restore(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int next)
    {
        int count = x.Length / inputs;
        if (x.Length != count * inputs || y.Length != count * outputs || count > capacity || next < 0 || next >= capacity || (count < capacity && next != count))
        {
            throw new ArgumentException($"Remembered were {x.Length} inputs and {y.Length} outputs, the next at {next}; the memory holds {capacity} shots of {inputs} and {outputs}.");
        }

        x.CopyTo(_x);
        y.CopyTo(_y);
        (Count, Next) = (count, next);
    }
}
