using PnnEdge.Numerics.Elementwise;
using PnnEdge.Numerics.Linear;

namespace PnnEdge.Training.Twins.Convolution;

/// <summary>A few shots through a causal convolution and back, in memory that stays in a core's cache. One block serves one thread.</summary>
internal sealed class ConvolutionBlock
{
    private readonly ConvolutionShape _shape;
    private readonly TwinScale _scale;
    private readonly float[][] _h; // [layer][shot, row, channel]: what each layer gives
    private readonly float[][] _bent; // [layer][shot, row, channel]: its tanh
    private readonly float[] _taps;
    private readonly float[] _dtaps;
    private readonly float[] _firstTaps;
    private readonly float[] _last; // [shot, row, window of a step], normalised
    private float[] _dh;
    private float[] _dbelow;
    private readonly float[] _dbent;
    private readonly float[] _actuators; // [shot, actuator], normalised
    private readonly float[] _bias;
    private readonly float[] _line;

    public ConvolutionBlock(ConvolutionShape shape, TwinScale scale, int capacityShots)
    {
        (_shape, _scale) = (shape, scale);
        int rows = capacityShots * shape.Rows, widest = shape.Widths.Max();
        _h = [.. shape.Widths.Select(width => new float[rows * width])];
        _bent = [.. shape.Widths.Select((width, l) => new float[l == 0 ? 0 : rows * width])];
        _firstTaps = new float[rows * shape.TapsOfFirst];
        (_taps, _dtaps) = (new float[rows * 2 * widest], new float[rows * Math.Max(2 * widest, shape.TapsOfFirst)]);
        (_dh, _dbelow, _dbent) = (new float[rows * widest], new float[rows * widest], new float[rows * widest]);
        _last = new float[rows * shape.WindowsPerStep];
        _actuators = new float[capacityShots * shape.Actuators];
        _bias = new float[widest];
        _line = new float[ConvolutionTaps.LineLength(shape)];
    }

    /// <summary>[shot, row, channel]: what enters the last layer.</summary>
    public ReadOnlySpan<float> LastLayerInput => _h[^1];

    /// <summary>[shot, row, window of a step], normalised: the result after Forward; the gradient to start from before Vjp.</summary>
    public Span<float> Last => _last;

    /// <param name="x">[shot, slot then actuator], V.</param>
    public void Forward(ReadOnlySpan<float> x, int shots, float[] parameters)
    {
        int rows = shots * _shape.Rows;
        ConvolutionTaps.OfSlots(x, _shape.Slots + _shape.Actuators, shots, _shape, _scale.InputCentreVolts[0], _scale.InputSpreadVolts[0], _line, _firstTaps);
        Normalise(x, shots);
        for (int l = 0; l < _shape.Layers.Count; l++)
        {
            ConvolutionLayer layer = _shape.Layers[l];
            Span<float> h = _h[l].AsSpan(0, rows * layer.Width), to = l == 0 ? h : _bent[l].AsSpan(0, h.Length);
            MatrixProduct.TimesTransposed(TapsOf(l, shots), layer.Weight.Of(parameters), rows, layer.Taps, layer.Width, to);
            for (int s = 0; s < shots; s++) { Rows.AddToEach(BiasOf(layer, s, parameters), _shape.Rows, to.Slice(s * _shape.Rows * layer.Width, _shape.Rows * layer.Width)); }
            if (l == 0) { continue; } // what follows the slots linearly stays linear all the way up
            Tanh.Forward(to, to);
            to.CopyTo(h);
            if (layer.Adds) { Rows.Add(_h[l - 1].AsSpan(0, h.Length), h); }
        }

        Span<float> last = _last.AsSpan(0, rows * _shape.WindowsPerStep);
        MatrixProduct.TimesTransposed(_h[^1].AsSpan(0, rows * _shape.Widths[^1]), _shape.LastWeight.Of(parameters), rows, _shape.Widths[^1], _shape.WindowsPerStep, last);
        Rows.AddToEach(_shape.LastBias.Of(parameters), rows, last);
    }

    /// <summary>From <see cref="Last"/>, after Forward on the same shots.</summary>
    /// <param name="dx">[shot, slot then actuator], 1/V; overwritten.</param>
    public void Vjp(int shots, float[] parameters, Span<float> dx)
    {
        int rows = shots * _shape.Rows, stride = _shape.Slots + _shape.Actuators;
        for (int s = 0; s < shots; s++) { dx.Slice((s * stride) + _shape.Slots, _shape.Actuators).Clear(); }
        LastVjp(rows, parameters);
        for (int l = _shape.Layers.Count - 1; l >= 0; l--)
        {
            ConvolutionLayer layer = _shape.Layers[l];
            ReadOnlySpan<float> dbent = BentVjp(l, rows);
            for (int s = 0; s < shots; s++) { AddActuatorsVjp(layer, parameters, dbent.Slice(s * _shape.Rows * layer.Width, _shape.Rows * layer.Width), dx.Slice((s * stride) + _shape.Slots, _shape.Actuators)); }
            Span<float> dtaps = _dtaps.AsSpan(0, rows * layer.Taps);
            MatrixProduct.Times(dbent, layer.Weight.Of(parameters), rows, layer.Width, layer.Taps, dtaps);
            if (l == 0) { ConvolutionTaps.OfSlotsVjp(dtaps, stride, shots, _shape, _scale.InputSpreadVolts[0], _line, dx); }
            else { Below(l, shots, dtaps); }
        }

        for (int s = 0; s < shots; s++)
        {
            for (int a = 0; a < _shape.Actuators; a++) { dx[(s * stride) + _shape.Slots + a] /= _scale.InputSpreadVolts[1 + a]; }
        }
    }

    /// <summary>From <see cref="Last"/>, after Forward on the same shots.</summary>
    /// <param name="gradient">[parameter]; added to.</param>
    public void ParameterVjp(int shots, float[] parameters, float[] gradient)
    {
        int rows = shots * _shape.Rows, per = _shape.WindowsPerStep;
        Span<float> dlast = _last.AsSpan(0, rows * per);
        MatrixProduct.AddTransposedTimes(dlast, _h[^1].AsSpan(0, rows * _shape.Widths[^1]), per, rows, _shape.Widths[^1], _shape.LastWeight.Of(gradient));
        Rows.AddToEachVjp(dlast, rows, _shape.LastBias.Of(gradient));
        LastVjp(rows, parameters);
        for (int l = _shape.Layers.Count - 1; l >= 0; l--)
        {
            ConvolutionLayer layer = _shape.Layers[l];
            Span<float> dbent = BentVjp(l, rows);
            MatrixProduct.AddTransposedTimes(dbent, TapsOf(l, shots), layer.Width, rows, layer.Taps, layer.Weight.Of(gradient));
            AddBiasVjp(layer, shots, dbent, gradient);
            if (l == 0) { break; }
            Span<float> dtaps = _dtaps.AsSpan(0, rows * layer.Taps);
            MatrixProduct.Times(dbent, layer.Weight.Of(parameters), rows, layer.Width, layer.Taps, dtaps);
            Below(l, shots, dtaps);
        }
    }

    private ReadOnlySpan<float> TapsOf(int l, int shots)
    {
        int rows = shots * _shape.Rows;
        if (l == 0) { return _firstTaps.AsSpan(0, rows * _shape.TapsOfFirst); }
        int below = _shape.Widths[l - 1];
        Span<float> taps = _taps.AsSpan(0, rows * 2 * below);
        ConvolutionTaps.OfLayer(_h[l - 1], shots, _shape.Rows, below, _shape.Layers[l].DilationSteps, taps);
        return taps;
    }

    private void LastVjp(int rows, float[] parameters) => MatrixProduct.Times(
        _last.AsSpan(0, rows * _shape.WindowsPerStep), _shape.LastWeight.Of(parameters), rows, _shape.WindowsPerStep, _shape.Widths[^1], _dh.AsSpan(0, rows * _shape.Widths[^1]));

    private Span<float> BentVjp(int l, int rows)
    {
        Span<float> dh = _dh.AsSpan(0, rows * _shape.Widths[l]);
        if (l == 0) { return dh; }
        Span<float> dbent = _dbent.AsSpan(0, dh.Length);
        Tanh.Vjp(_bent[l].AsSpan(0, dh.Length), dh, dbent);
        return dbent;
    }

    // From the gradient of layer l's output, in _dh, and of its taps to that of the layer below, in _dh again.
    private void Below(int l, int shots, ReadOnlySpan<float> dtaps)
    {
        int below = _shape.Widths[l - 1], length = shots * _shape.Rows * below;
        Span<float> to = _dbelow.AsSpan(0, length);
        if (_shape.Layers[l].Adds) { _dh.AsSpan(0, length).CopyTo(to); }
        else { to.Clear(); }
        ConvolutionTaps.OfLayerVjp(dtaps, shots, _shape.Rows, below, _shape.Layers[l].DilationSteps, to);
        (_dh, _dbelow) = (_dbelow, _dh);
    }

    private void Normalise(ReadOnlySpan<float> x, int shots)
    {
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = x.Slice((s * (_shape.Slots + _shape.Actuators)) + _shape.Slots, _shape.Actuators);
            for (int a = 0; a < from.Length; a++)
            {
                _actuators[(s * _shape.Actuators) + a] = (from[a] - _scale.InputCentreVolts[1 + a]) / _scale.InputSpreadVolts[1 + a];
            }
        }
    }

    // Actuators hold for the whole shot: their share is one more bias.
    private ReadOnlySpan<float> BiasOf(ConvolutionLayer layer, int shot, float[] parameters)
    {
        ReadOnlySpan<float> weight = layer.Actuators.Of(parameters), bias = layer.Bias.Of(parameters);
        for (int c = 0; c < layer.Width; c++)
        {
            float sum = bias[c];
            for (int a = 0; a < _shape.Actuators; a++) { sum += weight[(c * _shape.Actuators) + a] * _actuators[(shot * _shape.Actuators) + a]; }
            _bias[c] = sum;
        }

        return _bias.AsSpan(0, layer.Width);
    }

    private void AddActuatorsVjp(ConvolutionLayer layer, float[] parameters, ReadOnlySpan<float> dbent, Span<float> dactuators)
    {
        if (dactuators.IsEmpty) { return; }
        Span<float> dbias = _bias.AsSpan(0, layer.Width);
        dbias.Clear();
        Rows.AddToEachVjp(dbent, _shape.Rows, dbias);
        ReadOnlySpan<float> weight = layer.Actuators.Of(parameters);
        for (int c = 0; c < layer.Width; c++)
        {
            for (int a = 0; a < dactuators.Length; a++) { dactuators[a] += dbias[c] * weight[(c * dactuators.Length) + a]; }
        }
    }

    private void AddBiasVjp(ConvolutionLayer layer, int shots, ReadOnlySpan<float> dbent, float[] gradient)
    {
        Span<float> dbias = _bias.AsSpan(0, layer.Width), dweight = layer.Actuators.Of(gradient);
        for (int s = 0; s < shots; s++)
        {
            dbias.Clear();
            Rows.AddToEachVjp(dbent.Slice(s * _shape.Rows * layer.Width, _shape.Rows * layer.Width), _shape.Rows, dbias);
            Rows.Add(dbias, layer.Bias.Of(gradient));
            for (int c = 0; c < layer.Width; c++)
            {
                for (int a = 0; a < _shape.Actuators; a++) { dweight[(c * _shape.Actuators) + a] += dbias[c] * _actuators[(s * _shape.Actuators) + a]; }
            }
        }
    }
}
