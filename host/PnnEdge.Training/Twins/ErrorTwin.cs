using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>A model that stays as it is, and behind it a perceptron that learns, from what training measures anyway, what the model's output misses.</summary>
/// <remarks>
/// The systematic-error prediction network of dual adaptive training (Zheng et al., Nat. Mach. Intell. 5, 1119, 2023): y = model + error(model). It sees the
/// model's output, not the slots: θ is the same in all shots of a step, so a slope by θ could not be learnt from them, while through the model it is there.
/// </remarks>
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
    private float[] _missed = [];
    private float[] _dmodelled = [];

    public int Slots => model.Slots;

    public int Actuators => model.Actuators;

    public int Outputs => model.Outputs;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        model.Forward(slots, actuators, shots, y);
        if (_error is null) { return; }
        LayerTape.Grow(ref _missed, shots * Outputs);
        Span<float> missed = _missed.AsSpan(0, shots * Outputs);
        _error.Forward(y[..missed.Length], [], shots, missed);
        for (int i = 0; i < missed.Length; i++) { y[i] += missed[i]; }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        if (_error is null)
        {
            model.Vjp(slots, actuators, shots, dy, dslots, dactuators);
            return;
        }

        LayerTape.Grow(ref _dmodelled, shots * Outputs);
        Span<float> dmodelled = _dmodelled.AsSpan(0, shots * Outputs);
        _error.Vjp(Modelled(slots, actuators, shots), [], shots, dy, dmodelled, []);
        for (int i = 0; i < dmodelled.Length; i++) { dmodelled[i] += dy[i]; }
        model.Vjp(slots, actuators, shots, dmodelled, dslots, dactuators);
    }

    /// <summary>Learns from what one forward pass applied and measured.</summary>
    /// <param name="tapes">[layer].</param>
    public void Learn(IReadOnlyList<LayerTape> tapes)
    {
        foreach (LayerTape tape in tapes)
        {
            int shots = tape.Windows.Length / Outputs;
            ReadOnlySpan<float> modelled = Modelled(tape.Applied, tape.AppliedActuators, shots);
            LayerTape.Grow(ref _missed, shots * Outputs);
            Span<float> missed = _missed.AsSpan(0, shots * Outputs);
            for (int i = 0; i < missed.Length; i++) { missed[i] = tape.Windows[i] - modelled[i]; }
            _error ??= Begun(modelled, missed, shots);
            for (int step = 0; step < stepsPerLayer; step++)
            {
                _error.LossGradient(modelled, missed, shots, _gradient);
                _adam!.Step(_error.Parameters, _gradient, learningRate);
            }
        }
    }

    // Starts as the mean of what the first pairs miss.
    private MlpTwin Begun(ReadOnlySpan<float> modelled, ReadOnlySpan<float> missed, int shots)
    {
        var error = new MlpTwin(TwinScale.Of(modelled, missed, shots), hiddenWidths, seed, actuators: 0);
        error.LastLayer.Of(error.Parameters).Clear();
        (_adam, _gradient) = (new Adam(error.Parameters.Length), new float[error.Parameters.Length]);
        return error;
    }

    // [shot, output], V.
    private ReadOnlySpan<float> Modelled(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots)
    {
        LayerTape.Grow(ref _modelled, shots * Outputs);
        Span<float> modelled = _modelled.AsSpan(0, shots * Outputs);
        model.Forward(slots, actuators, shots, modelled);
        return modelled;
    }
}
