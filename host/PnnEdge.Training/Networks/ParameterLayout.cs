namespace PnnEdge.Training.Networks;

/// <summary>Named stretches of one flat parameter array.</summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterSegment> _segments = [];

    public IReadOnlyList<ParameterSegment> Segments => _segments;

    public int Count { get; private set; }

    public ParameterSegment Add(string name, int length)
    {
        var segment = new ParameterSegment(name, Count, length);
        _segments.Add(segment);
        Count += length;
        return segment;
    }
}

/// <param name="Name">Such as <c>layer2.theta</c>.</param>
public readonly record struct ParameterSegment(string Name, int Start, int Length)
{
    public Span<float> Of(float[] parameters) => parameters.AsSpan(Start, Length);
}
