using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>A model that stays as it is, and a perceptron beside it that learns what the model misses from what training measures anyway.</summary>
/// <remarks>The systematic-error prediction network of dual adaptive training (Zheng et al., Nat. Mach. Intell. 5, 1119, 2023). Before the first pairs the error is 0.</remarks>
/// <param name="model">Of the physics: equations, or a twin fitted before.</param>
/// <param name="hiddenWidths">Of the perceptron.</param>
/// <param name="learningRate">Adam's, of its steps.</param>
/// <param name="stepsPerLayer">Of the perceptron, with every layer's pairs.</param>
public sealed class ErrorTwin(ITwin model, IReadOnlyList<int> hiddenWidths, double learningRate, int stepsPerLayer, ulong seed) : ITwin
{
    private MlpTwin? _error;
    private Adam? _adam;
    private float[] _gradient = [];
    private float[] _modelled = [];
    private float[] _dslots = [];
    private float[] _dactuators = [];

    public int Slots => model.Slots;

    public int Actuators => model.Actuators;

    public int Outputs => model.Outputs;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        model.Forward(slots, actuators, shots, y);
        if (_error is null) { return; }
        LayerTape.Grow(ref _modelled, shots * Outputs);
        Span<float> error = _modelled.AsSpan(0, shots * Outputs);
        _error.Forward(slots, actuators, shots, error);
        for (int i = 0; i < error.Length; i++) { y[i] += error[i]; }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        model.Vjp(slots, actuators, shots, dy, dslots, dactuators);
        if (_error is null) { return; }
        LayerTape.Grow(ref _dslots, shots * Slots);
        LayerTape.Grow(ref _dactuators, Actuators);
        Span<float> dslotsOfError = _dslots.AsSpan(0, shots * Slots), dactuatorsOfError = _dactuators.AsSpan(0, Actuators);
        _error.Vjp(slots, actuators, shots, dy, dslotsOfError, dactuatorsOfError);
        for (int i = 0; i < dslotsOfError.Length; i++) { dslots[i] += dslotsOfError[i]; }
        for (int a = 0; a < Actuators; a++) { dactuators[a] += dactuatorsOfError[a]; }
    }

    /// <summary>Learns from what one forward pass applied and measured.</summary>
    /// <param name="tapes">[layer].</param>
    public void Learn(IReadOnlyList<LayerTape> tapes)
    {
        foreach (LayerTape tape in tapes)
        {
            int shots = tape.Windows.Length / Outputs;
            float[] x = Rows(tape, shots), missed = Missed(tape, shots);
            if (_error is null)
            {
                _error = new MlpTwin(TwinScale.Of(x, missed, shots), hiddenWidths, seed, Actuators);
                _error.LastLayer.Of(_error.Parameters).Clear(); // starts as the mean of what is missed
                (_adam, _gradient) = (new Adam(_error.Parameters.Length), new float[_error.Parameters.Length]);
            }

            for (int step = 0; step < stepsPerLayer; step++)
            {
                _error.LossGradient(x, missed, shots, _gradient);
                _adam!.Step(_error.Parameters, _gradient, learningRate);
            }
        }
    }

    // [shot, slot then actuator], V.
    private float[] Rows(LayerTape tape, int shots)
    {
        int inputs = Slots + Actuators;
        float[] x = new float[shots * inputs];
        for (int s = 0; s < shots; s++)
        {
            tape.Applied.Slice(s * Slots, Slots).CopyTo(x.AsSpan(s * inputs));
            tape.AppliedActuators.CopyTo(x.AsSpan((s * inputs) + Slots));
        }

        return x;
    }

    // [shot, output], V: measured less modelled.
    private float[] Missed(LayerTape tape, int shots)
    {
        float[] missed = new float[shots * Outputs];
        model.Forward(tape.Applied, tape.AppliedActuators, shots, missed);
        for (int i = 0; i < missed.Length; i++) { missed[i] = tape.Windows[i] - missed[i]; }
        return missed;
    }
}
