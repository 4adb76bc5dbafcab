using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Elementwise;
using PnnEdge.Numerics.Linear;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>Dense layers with swish between them, on rows that are already of order 1. One call at a time.</summary>
internal sealed class Perceptron
{
    private readonly int[] _widths;
    private readonly (int Weight, int Bias)[] _at;
    private readonly float[][] _before; // [layer][row, width]: before its swish; the input first, the output last
    private readonly float[][] _activated;
    private float[] _gradient = [];
    private float[] _gradientBelow = [];
    private int _capacity;

    /// <param name="widths">Input, hidden and output widths.</param>
    /// <param name="seed">For the start weights: normal with variance 2/inputs.</param>
    public Perceptron(IReadOnlyList<int> widths, ulong seed)
    {
        _widths = [.. widths];
        _at = new (int, int)[_widths.Length - 1];
        (_before, _activated) = (new float[_widths.Length][], new float[_widths.Length][]);
        int count = 0;
        for (int l = 0; l < _at.Length; l++)
        {
            _at[l] = (count, count + (_widths[l] * _widths[l + 1]));
            count += (_widths[l] + 1) * _widths[l + 1];
        }

        Parameters = new float[count];
        var random = new SeededRandom(seed, stream: 0x717);
        for (int l = 0; l < _at.Length; l++)
        {
            float spread = MathF.Sqrt(2f / _widths[l]);
            foreach (ref float weight in Weight(l)) { weight = spread * (float)random.NextNormal(); }
        }
    }

    /// <summary>[layer: weight [out, in], then bias [out]].</summary>
    public float[] Parameters { get; }

    public IReadOnlyList<int> Widths => _widths;

    public ParameterSegment LastLayer => new("last", _at[^1].Weight, (_widths[^2] + 1) * _widths[^1]);

    public long MultiplyAddsPerRow => Enumerable.Range(0, _at.Length).Sum(l => (long)_widths[l] * _widths[l + 1]);

    /// <summary>[row, input]: where rows go before Forward.</summary>
    public Span<float> Input(int rows)
    {
        Grow(rows);
        return Activated(0, rows);
    }

    /// <summary>[row, output], of the last Forward.</summary>
    public ReadOnlySpan<float> Output(int rows) => Before(_at.Length, rows);

    /// <summary>[row, feature], of the last Forward: what enters the last layer.</summary>
    public ReadOnlySpan<float> Features(int rows) => Activated(_at.Length - 1, rows);

    /// <summary>[row, output]: where the gradient of the output goes before a reverse.</summary>
    public Span<float> OutputGradient(int rows) => _gradient.AsSpan(0, rows * _widths[^1]);

    public void Forward(int rows)
    {
        for (int l = 0; l < _at.Length; l++)
        {
            MatrixProduct.TimesTransposed(Activated(l, rows), Weight(l), rows, _widths[l], _widths[l + 1], Before(l + 1, rows));
            Span<float> bias = Parameters.AsSpan(_at[l].Bias, _widths[l + 1]);
            if (l + 1 < _at.Length) { BiasedSwish.Forward(bias, rows, Before(l + 1, rows), Activated(l + 1, rows)); }
            else { Rows.AddToEach(bias, rows, Before(l + 1, rows)); }
        }
    }

    /// <summary>From <see cref="OutputGradient"/>, after Forward on the same rows.</summary>
    /// <returns>[row, input].</returns>
    public ReadOnlySpan<float> Vjp(int rows)
    {
        for (int l = _at.Length - 1; l >= 0; l--) { Below(l, rows); }
        return _gradient.AsSpan(0, rows * _widths[0]);
    }

    /// <summary>From <see cref="OutputGradient"/>, after Forward on the same rows.</summary>
    /// <param name="gradient">[parameter]; overwritten.</param>
    public void ParameterVjp(int rows, Span<float> gradient)
    {
        for (int l = _at.Length - 1; l >= 0; l--)
        {
            Span<float> dout = _gradient.AsSpan(0, rows * _widths[l + 1]);
            MatrixProduct.TransposedTimes(dout, Activated(l, rows), _widths[l + 1], rows, _widths[l], gradient.Slice(_at[l].Weight, _widths[l] * _widths[l + 1]));
            Span<float> dbias = gradient.Slice(_at[l].Bias, _widths[l + 1]);
            dbias.Clear();
            Rows.AddToEachVjp(dout, rows, dbias);
            if (l > 0) { Below(l, rows); }
        }
    }

    private void Below(int l, int rows)
    {
        Span<float> din = _gradientBelow.AsSpan(0, rows * _widths[l]);
        MatrixProduct.Times(_gradient.AsSpan(0, rows * _widths[l + 1]), Weight(l), rows, _widths[l + 1], _widths[l], din);
        if (l > 0) { Swish.Vjp(Before(l, rows), din, din); }
        (_gradient, _gradientBelow) = (_gradientBelow, _gradient);
    }

    private void Grow(int rows)
    {
        if (rows <= _capacity) { return; }
        _capacity = rows;
        for (int l = 0; l < _widths.Length; l++)
        {
            _before[l] = new float[l == 0 ? 0 : rows * _widths[l]];
            _activated[l] = new float[l == _at.Length ? 0 : rows * _widths[l]];
        }

        (_gradient, _gradientBelow) = (new float[rows * _widths.Max()], new float[rows * _widths.Max()]);
    }

    private Span<float> Before(int layer, int rows) => _before[layer].AsSpan(0, rows * _widths[layer]);

    private Span<float> Activated(int layer, int rows) => _activated[layer].AsSpan(0, rows * _widths[layer]);

    private Span<float> Weight(int layer) => Parameters.AsSpan(_at[layer].Weight, _widths[layer] * _widths[layer + 1]);
}
