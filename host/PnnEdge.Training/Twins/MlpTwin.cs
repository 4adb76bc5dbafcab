using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Elementwise;
using PnnEdge.Numerics.Linear;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>A multi-layer perceptron with swish between its layers, between fixed affine scales of its inputs and outputs.</summary>
/// <remarks>Either one perceptron for the whole shot, or, with a <see cref="ReceptiveField"/>, one that every window shares.</remarks>
public sealed class MlpTwin : ITrainableTwin
{
    private readonly int[] _widths;
    private readonly TwinScale _scale;
    private readonly (int Weight, int Bias)[] _at;
    private readonly float[][] _before; // [layer + 1]: what enters each layer, and the network's normalised output
    private readonly float[][] _activated;
    private float[] _gradient = [];
    private float[] _gradientBelow = [];
    private float[] _rows = [];
    private float[] _rowGradient = [];
    private float[] _x = [];
    private float[] _dx = [];
    private int _capacity;

    /// <param name="hiddenWidths">Widths of the layers between input and output.</param>
    /// <param name="seed">For the start weights: normal with variance 2/inputs.</param>
    /// <param name="actuators">How many of the inputs are actuators; they stand last.</param>
    /// <param name="field">Null for one perceptron over the whole shot; else <paramref name="scale"/> is of the field's rows and one output.</param>
    public MlpTwin(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators, ReceptiveField? field = null)
    {
        (_scale, Field, Actuators) = (scale, field, actuators);
        _widths = [scale.InputCentreVolts.Length, .. hiddenWidths, scale.OutputCentreVolts.Length];
        _at = new (int, int)[_widths.Length - 1];
        _before = new float[_widths.Length][];
        _activated = new float[_widths.Length][];
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
            foreach (ref float weight in Weight(l, Parameters)) { weight = spread * (float)random.NextNormal(); }
        }
    }

    /// <summary>[layer: weight [out, in], then bias [out]].</summary>
    public float[] Parameters { get; }

    public TwinScale Scale => _scale;

    /// <summary>Input, hidden and output widths.</summary>
    public IReadOnlyList<int> Widths => _widths;

    public ReceptiveField? Field { get; }

    /// <summary>Slots, then actuators.</summary>
    public int Inputs => Field?.ShotInputs ?? _widths[0];

    public int Slots => Inputs - Actuators;

    public int Actuators { get; }

    public int Outputs => Field?.Windows ?? _widths[^1];

    public ParameterSegment LastLayer => new("last", _at[^1].Weight, (_widths[^2] + 1) * _widths[^1]);

    public int LastFeatures => _widths[^2];

    public int RowsPerShot => Field?.Windows ?? 1;

    public long MultiplyAddsPerShot => (long)RowsPerShot * Enumerable.Range(0, _at.Length).Sum(l => (long)_widths[l] * _widths[l + 1]);

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        ReadOnlySpan<float> x = Join(slots, actuators, shots);
        int rows = ForwardNormalised(x, shots);
        ReadOnlySpan<float> z = Before(_at.Length, rows);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int o = 0; o < _widths[^1]; o++, i++) { y[i] = (z[i] * _scale.OutputSpreadVolts[o]) + _scale.OutputCentreVolts[o]; }
        }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        ReadOnlySpan<float> x = Join(slots, actuators, shots);
        Span<float> dx = _dx.AsSpan(0, shots * Inputs);
        int rows = ForwardNormalised(x, shots);
        Span<float> dz = _gradient.AsSpan(0, rows * _widths[^1]);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int o = 0; o < _widths[^1]; o++, i++) { dz[i] = dy[i] * _scale.OutputSpreadVolts[o]; }
        }

        Span<float> du = Reverse(rows, parameterGradient: null), drows = Field is null ? dx : _rowGradient.AsSpan(0, rows * _widths[0]);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int n = 0; n < _widths[0]; n++, i++) { drows[i] = du[i] / _scale.InputSpreadVolts[n]; }
        }

        Field?.Vjp(drows, shots, dx);
        dactuators.Clear();
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> row = dx.Slice(s * Inputs, Inputs);
            row[..Slots].CopyTo(dslots[(s * Slots)..]);
            for (int a = 0; a < Actuators; a++) { dactuators[a] += row[Slots + a]; }
        }
    }

    // [shot, slot then actuator]: what the perceptron takes.
    private ReadOnlySpan<float> Join(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots)
    {
        if (_x.Length < shots * Inputs) { (_x, _dx) = (new float[shots * Inputs], new float[shots * Inputs]); }
        for (int s = 0; s < shots; s++)
        {
            slots.Slice(s * Slots, Slots).CopyTo(_x.AsSpan(s * Inputs));
            actuators.CopyTo(_x.AsSpan((s * Inputs) + Slots));
        }

        return _x.AsSpan(0, shots * Inputs);
    }

    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient)
    {
        int rows = ForwardNormalised(x, shots);
        ReadOnlySpan<float> z = Before(_at.Length, rows);
        Span<float> dz = _gradient.AsSpan(0, rows * _widths[^1]);
        double sum = 0;
        float share = 2f / (rows * _widths[^1]);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int o = 0; o < _widths[^1]; o++, i++)
            {
                float error = z[i] - ((target[i] - _scale.OutputCentreVolts[o]) / _scale.OutputSpreadVolts[o]);
                sum += (double)error * error;
                dz[i] = share * error;
            }
        }

        gradient.Clear();
        Reverse(rows, gradient);
        return sum / (rows * _widths[^1]);
    }

    public void LastLayerRows(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> features, Span<float> missing)
    {
        int rows = ForwardNormalised(x, shots);
        Activated(_at.Length - 1, rows).CopyTo(features);
        ReadOnlySpan<float> z = Before(_at.Length, rows);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int o = 0; o < _widths[^1]; o++, i++) { missing[i] = ((target[i] - _scale.OutputCentreVolts[o]) / _scale.OutputSpreadVolts[o]) - z[i]; }
        }
    }

    // Returns the rows that the perceptron saw: one per shot, or one per window of each.
    private int ForwardNormalised(ReadOnlySpan<float> x, int shots)
    {
        if (Field is null)
        {
            ForwardRows(x, shots);
            return shots;
        }

        int rows = shots * Field.Windows;
        if (_rows.Length < rows * _widths[0])
        {
            _rows = new float[rows * _widths[0]];
            _rowGradient = new float[rows * _widths[0]];
        }

        Field.Forward(x, shots, _rows);
        ForwardRows(_rows, rows);
        return rows;
    }

    private void ForwardRows(ReadOnlySpan<float> x, int rows)
    {
        Grow(rows);
        Span<float> u = Before(0, rows);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int n = 0; n < _widths[0]; n++, i++) { u[i] = (x[i] - _scale.InputCentreVolts[n]) / _scale.InputSpreadVolts[n]; }
        }

        for (int l = 0; l < _at.Length; l++)
        {
            Span<float> input = Activated(l, rows), output = Before(l + 1, rows);
            if (l == 0) { Before(0, rows).CopyTo(input); }
            else { Swish.Forward(Before(l, rows), input); }
            MatrixProduct.TimesTransposed(input, Weight(l, Parameters), rows, _widths[l], _widths[l + 1], output);
            Rows.AddToEach(Bias(l, Parameters), rows, output);
        }
    }

    // From _gradient, [row, output] normalised, down to [row, input] normalised. The input's gradient is skipped when only parameters are asked for.
    private Span<float> Reverse(int rows, Span<float> parameterGradient)
    {
        for (int l = _at.Length - 1; l >= 0; l--)
        {
            Span<float> dout = _gradient.AsSpan(0, rows * _widths[l + 1]), din = _gradientBelow.AsSpan(0, rows * _widths[l]);
            if (!parameterGradient.IsEmpty)
            {
                MatrixProduct.AddTransposedTimes(dout, Activated(l, rows), _widths[l + 1], rows, _widths[l], parameterGradient.Slice(_at[l].Weight, _widths[l] * _widths[l + 1]));
                Rows.AddToEachVjp(dout, rows, parameterGradient.Slice(_at[l].Bias, _widths[l + 1]));
                if (l == 0) { break; }
            }

            MatrixProduct.Times(dout, Weight(l, Parameters), rows, _widths[l + 1], _widths[l], din);
            if (l > 0) { Swish.Vjp(Before(l, rows), din, din); }
            (_gradient, _gradientBelow) = (_gradientBelow, _gradient);
        }

        return _gradient.AsSpan(0, rows * _widths[0]);
    }

    private void Grow(int rows)
    {
        if (rows <= _capacity) { return; }
        _capacity = rows;
        for (int l = 0; l < _widths.Length; l++)
        {
            _before[l] = new float[rows * _widths[l]];
            _activated[l] = new float[rows * _widths[l]];
        }

        _gradient = new float[rows * _widths.Max()];
        _gradientBelow = new float[rows * _widths.Max()];
    }

    private Span<float> Before(int layer, int rows) => _before[layer].AsSpan(0, rows * _widths[layer]);

    private Span<float> Activated(int layer, int rows) => _activated[layer].AsSpan(0, rows * _widths[layer]);

    private Span<float> Weight(int layer, float[] parameters) => parameters.AsSpan(_at[layer].Weight, _widths[layer] * _widths[layer + 1]);

    private Span<float> Bias(int layer, float[] parameters) => parameters.AsSpan(_at[layer].Bias, _widths[layer + 1]);
}
