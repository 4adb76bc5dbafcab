namespace PnnEdge.Training.Twins;

/// <summary>Shots as the twin sees them: applied inputs and measured windows.</summary>
internal sealed class ShotSet
{
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _start;

    public ShotSet(int count, int inputs, int outputs)
        : this(new float[count * inputs], new float[count * outputs], inputs, outputs, 0, count)
    {
    }

    private ShotSet(float[] x, float[] y, int inputs, int outputs, int start, int count) =>
        (_x, _y, _inputs, _outputs, _start, Count) = (x, y, inputs, outputs, start, count);

    public int Count { get; }

    /// <summary>[shot, input], V.</summary>
    public ReadOnlySpan<float> X => XOf(0, Count);

    /// <summary>[shot, output], V.</summary>
    public ReadOnlySpan<float> Y => YOf(0, Count);

    public Span<float> XOf(int shot, int count) => _x.AsSpan((_start + shot) * _inputs, count * _inputs);

    public Span<float> YOf(int shot, int count) => _y.AsSpan((_start + shot) * _outputs, count * _outputs);

    public ShotSet Slice(int start, int count) => new(_x, _y, _inputs, _outputs, _start + start, count);

    public void Copy(int shot, int row, Span<float> x, Span<float> y)
    {
        XOf(shot, 1).CopyTo(x.Slice(row * _inputs, _inputs));
        YOf(shot, 1).CopyTo(y.Slice(row * _outputs, _outputs));
    }
}
