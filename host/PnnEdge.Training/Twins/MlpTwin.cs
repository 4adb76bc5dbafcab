using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Elementwise;
using PnnEdge.Numerics.Linear;

namespace PnnEdge.Training.Twins;

/// <summary>A multi-layer perceptron with swish between its layers, between fixed affine scales of its inputs and outputs.</summary>
public sealed class MlpTwin : ITwin
{
    private readonly int[] _widths;
    private readonly TwinScale _scale;
    private readonly (int Weight, int Bias)[] _at;
    private readonly float[][] _before; // [layer + 1]: what enters each layer, and the network's normalised output
    private readonly float[][] _activated;
    private float[] _gradient = [];
    private float[] _gradientBelow = [];
    private int _capacity;

    /// <param name="hiddenWidths">Widths of the layers between input and output.</param>
    /// <param name="seed">For the start weights: normal with variance 2/inputs.</param>
    public MlpTwin(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed)
    {
        _scale = scale;
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

    public int Inputs => _widths[0];

    public int Outputs => _widths[^1];

    public void Forward(ReadOnlySpan<float> x, int shots, Span<float> y)
    {
        ForwardNormalised(x, shots);
        ReadOnlySpan<float> z = Before(_at.Length, shots);
        for (int s = 0, i = 0; s < shots; s++)
        {
            for (int o = 0; o < Outputs; o++, i++) { y[i] = (z[i] * _scale.OutputSpreadVolts[o]) + _scale.OutputCentreVolts[o]; }
        }
    }

    public void Vjp(ReadOnlySpan<float> x, int shots, ReadOnlySpan<float> dy, Span<float> dx)
    {
        ForwardNormalised(x, shots);
        Span<float> dz = _gradient.AsSpan(0, shots * Outputs);
        for (int s = 0, i = 0; s < shots; s++)
        {
            for (int o = 0; o < Outputs; o++, i++) { dz[i] = dy[i] * _scale.OutputSpreadVolts[o]; }
        }

        Span<float> du = Reverse(shots, parameterGradient: null);
        for (int s = 0, i = 0; s < shots; s++)
        {
            for (int n = 0; n < Inputs; n++, i++) { dx[i] = du[i] / _scale.InputSpreadVolts[n]; }
        }
    }

    /// <summary>Mean squared error in units of the output spread, and its gradient with respect to <see cref="Parameters"/>.</summary>
    /// <param name="x">[shot, input], V.</param> <param name="target">[shot, output], V.</param>
    /// <param name="gradient">[parameter]; overwritten.</param>
    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient)
    {
        ForwardNormalised(x, shots);
        ReadOnlySpan<float> z = Before(_at.Length, shots);
        Span<float> dz = _gradient.AsSpan(0, shots * Outputs);
        double sum = 0;
        float share = 2f / (shots * Outputs);
        for (int s = 0, i = 0; s < shots; s++)
        {
            for (int o = 0; o < Outputs; o++, i++)
            {
                float error = z[i] - ((target[i] - _scale.OutputCentreVolts[o]) / _scale.OutputSpreadVolts[o]);
                sum += (double)error * error;
                dz[i] = share * error;
            }
        }

        gradient.Clear();
        Reverse(shots, gradient);
        return sum / (shots * Outputs);
    }

    private void ForwardNormalised(ReadOnlySpan<float> x, int shots)
    {
        Grow(shots);
        Span<float> u = Before(0, shots);
        for (int s = 0, i = 0; s < shots; s++)
        {
            for (int n = 0; n < Inputs; n++, i++) { u[i] = (x[i] - _scale.InputCentreVolts[n]) / _scale.InputSpreadVolts[n]; }
        }

        for (int l = 0; l < _at.Length; l++)
        {
            Span<float> input = Activated(l, shots), output = Before(l + 1, shots);
            if (l == 0) { Before(0, shots).CopyTo(input); }
            else { Swish.Forward(Before(l, shots), input); }
            MatrixProduct.TimesTransposed(input, Weight(l, Parameters), shots, _widths[l], _widths[l + 1], output);
            Rows.AddToEach(Bias(l, Parameters), shots, output);
        }
    }

    // From _gradient, [shot, output] normalised, down to [shot, input] normalised. The input's gradient is skipped when only parameters are asked for.
    private Span<float> Reverse(int shots, Span<float> parameterGradient)
    {
        for (int l = _at.Length - 1; l >= 0; l--)
        {
            Span<float> dout = _gradient.AsSpan(0, shots * _widths[l + 1]), din = _gradientBelow.AsSpan(0, shots * _widths[l]);
            if (!parameterGradient.IsEmpty)
            {
                MatrixProduct.AddTransposedTimes(dout, Activated(l, shots), _widths[l + 1], shots, _widths[l], parameterGradient.Slice(_at[l].Weight, _widths[l] * _widths[l + 1]));
                Rows.AddToEachVjp(dout, shots, parameterGradient.Slice(_at[l].Bias, _widths[l + 1]));
                if (l == 0) { break; }
            }

            MatrixProduct.Times(dout, Weight(l, Parameters), shots, _widths[l + 1], _widths[l], din);
            if (l > 0) { Swish.Vjp(Before(l, shots), din, din); }
            (_gradient, _gradientBelow) = (_gradientBelow, _gradient);
        }

        return _gradient.AsSpan(0, shots * Inputs);
    }

    private void Grow(int shots)
    {
        if (shots <= _capacity) { return; }
        _capacity = shots;
        for (int l = 0; l < _widths.Length; l++)
        {
            _before[l] = new float[shots * _widths[l]];
            _activated[l] = new float[shots * _widths[l]];
        }

        _gradient = new float[shots * _widths.Max()];
        _gradientBelow = new float[shots * _widths.Max()];
    }

    private Span<float> Before(int layer, int shots) => _before[layer].AsSpan(0, shots * _widths[layer]);

    private Span<float> Activated(int layer, int shots) => _activated[layer].AsSpan(0, shots * _widths[layer]);

    private Span<float> Weight(int layer, float[] parameters) => parameters.AsSpan(_at[layer].Weight, _widths[layer] * _widths[layer + 1]);

    private Span<float> Bias(int layer, float[] parameters) => parameters.AsSpan(_at[layer].Bias, _widths[layer + 1]);
}

/// <summary>Fixed scales around a twin, taken from the shots it is fitted to; no spread is 0.</summary>
/// <param name="InputCentreVolts">[input].</param> <param name="InputSpreadVolts">[input].</param>
/// <param name="OutputCentreVolts">[output].</param> <param name="OutputSpreadVolts">[output].</param>
public sealed record TwinScale(float[] InputCentreVolts, float[] InputSpreadVolts, float[] OutputCentreVolts, float[] OutputSpreadVolts)
{
    /// <param name="x">[shot, input], V.</param> <param name="y">[shot, output], V.</param>
    public static TwinScale Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots)
    {
        (float[] xc, float[] xs) = Moments(x, shots);
        (float[] yc, float[] ys) = Moments(y, shots);
        return new TwinScale(xc, xs, yc, ys);
    }

    private static (float[] Centre, float[] Spread) Moments(ReadOnlySpan<float> values, int shots)
    {
        int columns = values.Length / shots;
        float[] centre = new float[columns], spread = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double sum = 0, squares = 0;
            for (int s = 0; s < shots; s++) { sum += values[(s * columns) + c]; }
            double mean = sum / shots;
            for (int s = 0; s < shots; s++) { squares += Math.Pow(values[(s * columns) + c] - mean, 2); }
            double sd = Math.Sqrt(squares / shots);
            centre[c] = (float)mean;
            spread[c] = sd > 1e-6 ? (float)sd : 1f; // a dead channel stays as it is instead of being blown up
        }

        return (centre, spread);
    }
}
