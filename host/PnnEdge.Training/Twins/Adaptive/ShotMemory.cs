namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>The last so many shots; a new one takes the place of the oldest.</summary>
/// <remarks>Shots of one call share one copy of their actuators: rows of their own would take 22 MB for the 21,321 of the oscillators, where 1.7 MB do.</remarks>
internal sealed class ShotMemory(int capacity, int slots, int outputs)
{
    private readonly float[] _slots = new float[capacity * slots];
    private readonly float[][] _actuators = new float[capacity][]; // [shot]: the array of its call
    private readonly float[] _windows = new float[capacity * outputs];

    private int _next; // where the next shot goes

    public int Count { get; private set; }

    /// <param name="volts">[slot], V.</param> <param name="actuatorVolts">[actuator], V; kept as it is, and not written to.</param> <param name="windows">[window], V.</param>
    public void Add(ReadOnlySpan<float> volts, float[] actuatorVolts, ReadOnlySpan<float> windows)
    {
        volts.CopyTo(_slots.AsSpan(_next * slots, slots));
        windows.CopyTo(_windows.AsSpan(_next * outputs, outputs));
        _actuators[_next] = actuatorVolts;
        _next = (_next + 1) % capacity;
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
}
