using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>A multi-layer perceptron with swish between its layers, between fixed affine scales of its inputs and outputs.</summary>
/// <remarks>Either one perceptron for the whole shot, or, with a <see cref="ReceptiveField"/>, one that every window shares.</remarks>
public sealed class MlpTwin : ITrainableTwin
{
    private readonly TwinScale _scale;
    private readonly Perceptron _perceptron;
    private float[] _rows = [];
    private float[] _drows = [];
    private float[] _x = [];
    private float[] _dx = [];

    /// <param name="hiddenWidths">Widths of the layers between input and output.</param>
    /// <param name="seed">For the start weights: normal with variance 2/inputs.</param>
    /// <param name="actuators">How many of the inputs are actuators; they stand last.</param>
    /// <param name="field">Null for one perceptron over the whole shot; else <paramref name="scale"/> is of the field's rows and one output.</param>
    public MlpTwin(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators, ReceptiveField? field = null)
    {
        (_scale, Field, Actuators) = (scale, field, actuators);
        _perceptron = new Perceptron([scale.InputCentreVolts.Length, .. hiddenWidths, scale.OutputCentreVolts.Length], seed);
    }

    /// <summary>[layer: weight [out, in], then bias [out]].</summary>
    public float[] Parameters => _perceptron.Parameters;

    public TwinScale Scale => _scale;

    /// <summary>Input, hidden and output widths.</summary>
    public IReadOnlyList<int> Widths => _perceptron.Widths;

    public ReceptiveField? Field { get; }

    /// <summary>Slots, then actuators.</summary>
    public int Inputs => Field?.ShotInputs ?? RowInputs;

    public int Slots => Inputs - Actuators;

    public int Actuators { get; }

    public int Outputs => Field?.Windows ?? RowOutputs;

    public ParameterSegment LastLayer => _perceptron.LastLayer;

    public int LastFeatures => Widths[^2];

    public int RowsPerShot => Field?.Windows ?? 1;

    public long MultiplyAddsPerShot => RowsPerShot * _perceptron.MultiplyAddsPerRow;

    private int RowInputs => _scale.InputCentreVolts.Length;

    private int RowOutputs => _scale.OutputCentreVolts.Length;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y) =>
        ForwardRows(Join(slots, actuators, shots), shots, y);

    /// <summary>As Forward, but every shot has its own actuators.</summary>
    /// <param name="x">[shot, slot then actuator], V.</param> <param name="y">[shot, output], V; overwritten.</param>
    public void ForwardRows(ReadOnlySpan<float> x, int shots, Span<float> y)
    {
        ReadOnlySpan<float> z = Run(x, shots);
        for (int i = 0; i < z.Length;)
        {
            for (int o = 0; o < RowOutputs; o++, i++) { y[i] = (z[i] * _scale.OutputSpreadVolts[o]) + _scale.OutputCentreVolts[o]; }
        }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        Run(Join(slots, actuators, shots), shots);
        StartReverse(dy, shots);
        int rows = shots * RowsPerShot;
        ReadOnlySpan<float> du = _perceptron.Vjp(rows);
        Span<float> dx = _dx.AsSpan(0, shots * Inputs), drows = Field is null ? dx : _drows.AsSpan(0, rows * RowInputs);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int n = 0; n < RowInputs; n++, i++) { drows[i] = du[i] / _scale.InputSpreadVolts[n]; }
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

    /// <summary>The gradient with respect to <see cref="Parameters"/> of any loss of the output.</summary>
    /// <param name="x">[shot, slot then actuator], V.</param> <param name="dy">[shot, output], ∂loss/∂y.</param>
    /// <param name="gradient">[parameter]; overwritten.</param>
    public void ParameterVjp(ReadOnlySpan<float> x, int shots, ReadOnlySpan<float> dy, Span<float> gradient)
    {
        Run(x, shots);
        StartReverse(dy, shots);
        _perceptron.ParameterVjp(shots * RowsPerShot, gradient);
    }

    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient)
    {
        ReadOnlySpan<float> z = Run(x, shots);
        Span<float> dz = _perceptron.OutputGradient(shots * RowsPerShot);
        double sum = 0;
        float share = 2f / z.Length;
        for (int i = 0; i < z.Length;)
        {
            for (int o = 0; o < RowOutputs; o++, i++)
            {
                float error = z[i] - ((target[i] - _scale.OutputCentreVolts[o]) / _scale.OutputSpreadVolts[o]);
                sum += (double)error * error;
                dz[i] = share * error;
            }
        }

        _perceptron.ParameterVjp(shots * RowsPerShot, gradient);
        return sum / z.Length;
    }

    public void LastLayerRows(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> features, Span<float> missing)
    {
        ReadOnlySpan<float> z = Run(x, shots);
        _perceptron.Features(shots * RowsPerShot).CopyTo(features);
        for (int i = 0; i < z.Length;)
        {
            for (int o = 0; o < RowOutputs; o++, i++) { missing[i] = ((target[i] - _scale.OutputCentreVolts[o]) / _scale.OutputSpreadVolts[o]) - z[i]; }
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

    // [row, output], normalised; one row per shot, or one per window of each.
    private ReadOnlySpan<float> Run(ReadOnlySpan<float> x, int shots)
    {
        int rows = shots * RowsPerShot;
        if (Field is not null)
        {
            if (_rows.Length < rows * RowInputs) { (_rows, _drows) = (new float[rows * RowInputs], new float[rows * RowInputs]); }
            Field.Forward(x, shots, _rows);
            x = _rows;
        }

        Span<float> u = _perceptron.Input(rows);
        for (int r = 0, i = 0; r < rows; r++)
        {
            for (int n = 0; n < RowInputs; n++, i++) { u[i] = (x[i] - _scale.InputCentreVolts[n]) / _scale.InputSpreadVolts[n]; }
        }

        _perceptron.Forward(rows);
        return _perceptron.Output(rows);
    }

    private void StartReverse(ReadOnlySpan<float> dy, int shots)
    {
        Span<float> dz = _perceptron.OutputGradient(shots * RowsPerShot);
        for (int i = 0; i < dz.Length;)
        {
            for (int o = 0; o < RowOutputs; o++, i++) { dz[i] = dy[i] * _scale.OutputSpreadVolts[o]; }
        }
    }
}
