namespace PnnEdge.Training.Networks;

/// <summary>Named stretches of one flat parameter array.</summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterSegment> _segments = [];

    public IReadOnlyList<ParameterSegment> Segments => _segments;

    public int Count { get; private set; }

    /// <param name="columns">Of a matrix: length of its innermost axis.</param>
    public ParameterSegment Add(string name, int length, int columns = 0)
    {
        var segment = new ParameterSegment(name, Count, length, columns);
        _segments.Add(segment);
        Count += length;
        return segment;
    }
}

/// <param name="Name">Such as <c>layer2.theta</c>.</param>
/// <param name="Columns">Of a matrix: length of its innermost axis; 0 for a flat stretch.</param>
public readonly record struct ParameterSegment(string Name, int Start, int Length, int Columns = 0)
{
    /// <summary>Outermost axis first.</summary>
    public int[] Shape => Columns > 0 ? [Length / Columns, Columns] : [Length];

    public Span<float> Of(float[] parameters) => parameters.AsSpan(Start, Length);
}
