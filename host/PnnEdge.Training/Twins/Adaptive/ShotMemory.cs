namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>The last so many shots; a new one takes the place of the oldest.</summary>
/// <remarks>Shots of one call share one copy of their actuators: rows of their own would take 22 MB for the 21,321 of the oscillators, where 1.7 MB do.</remarks>
internal sealed class ShotMemory(int capacity, int slots, int actuators, int outputs)
{
    private readonly float[] _slots = new float[capacity * slots];
    private readonly float[][] _actuators = new float[capacity][]; // [shot]: the array of its call
    private readonly float[] _windows = new float[capacity * outputs];

    public int Count { get; private set; }

    /// <summary>Where the next shot goes.</summary>
    public int Next { get; private set; }

    /// <param name="volts">[slot], V.</param> <param name="actuatorVolts">[actuator], V; kept as it is, and not written to.</param> <param name="windows">[window], V.</param>
    public void Add(ReadOnlySpan<float> volts, float[] actuatorVolts, ReadOnlySpan<float> windows)
    {
        volts.CopyTo(_slots.AsSpan(Next * slots, slots));
        windows.CopyTo(_windows.AsSpan(Next * outputs, outputs));
        _actuators[Next] = actuatorVolts;
        Next = (Next + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>In the order of their places, neighbours of one call together.</summary>
    public ShotSet Shots()
    {
        var set = new ShotSet();
        for (int first = 0, end = 1; first < Count; first = end++)
        {
            while (end < Count && ReferenceEquals(_actuators[end], _actuators[first])) { end++; }
            set.Add(new ShotCall(
                end - first, _slots[(first * slots)..(end * slots)], _actuators[first], _windows[(first * outputs)..(end * outputs)]));
        }

        return set;
    }

    /// <param name="calls">As <see cref="Shots"/> gave them.</param>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public void Restore(IReadOnlyList<ShotCall> calls, int next)
    {
        int count = calls.Sum(call => call.Shots);
        bool fits = calls.All(call => call.Shots > 0 && call.Slots.Length == call.Shots * slots && call.Actuators.Length == actuators && call.Windows.Length == call.Shots * outputs);
        if (!fits || count > capacity || next != (count < capacity ? count : Math.Clamp(next, 0, capacity - 1)))
        {
            throw new ArgumentException($"Remembered were {count} shots, the next at {next}; the memory holds {capacity} of {slots} slots, {actuators} actuators and {outputs} windows.");
        }

        (Count, Next) = (0, 0);
        foreach (ShotCall call in calls)
        {
            for (int s = 0; s < call.Shots; s++) { Add(call.Slots.AsSpan(s * slots, slots), call.Actuators, call.Windows.AsSpan(s * outputs, outputs)); }
        }

        Next = next;
    }
}
