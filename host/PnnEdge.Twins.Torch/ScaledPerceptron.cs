using PnnEdge.Training.Twins;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch;

/// <summary>Linear layers with SiLU (swish) between them, between fixed affine scales: the torch half of <see cref="TorchMlpTwin"/>.</summary>
/// <remarks>Its weights are views of one array of the managed side: whoever moves either moves both.</remarks>
internal sealed class ScaledPerceptron : nn.Module<Tensor, Tensor>
{
    private readonly Linear[] _layers;
    private readonly Tensor _inputCentre;
    private readonly Tensor _inputSpread;
    private readonly Tensor _outputCentre;
    private readonly Tensor _outputSpread;

    /// <param name="widths">Input, hidden and output widths.</param>
    /// <param name="shared">[layer: weight [out, in], then bias [out]]; pinned, and torch keeps it alive.</param>
    public ScaledPerceptron(TwinScale scale, IReadOnlyList<int> widths, float[] shared) : base(nameof(ScaledPerceptron))
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor all = frombuffer(shared, ScalarType.Float32);
        _layers = new Linear[widths.Count - 1];
        int at = 0;
        for (int l = 0; l < _layers.Length; l++)
        {
            (int inputs, int outputs) = (widths[l], widths[l + 1]);
            _layers[l] = nn.Linear(inputs, outputs);
            _layers[l].weight = new Parameter(all.narrow(0, at, inputs * outputs).view(outputs, inputs));
            _layers[l].bias = new Parameter(all.narrow(0, at + (inputs * outputs), outputs));
            register_module($"layer{l}", _layers[l]);
            at += (inputs + 1) * outputs;
        }

        (_inputCentre, _inputSpread) = (TensorRows.Of(scale.InputCentreVolts, 1), TensorRows.Of(scale.InputSpreadVolts, 1));
        (_outputCentre, _outputSpread) = (TensorRows.Of(scale.OutputCentreVolts, 1), TensorRows.Of(scale.OutputSpreadVolts, 1));
        register_buffer("input_centre", _inputCentre);
        register_buffer("input_spread", _inputSpread);
        register_buffer("output_centre", _outputCentre);
        register_buffer("output_spread", _outputSpread);
        foreach (Tensor kept in parameters().Concat(buffers())) { kept.DetachFromDisposeScope(); }
    }

    /// <param name="input">[shot, slot then actuator], V.</param> <returns>[shot, output], V.</returns>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return ((Normalised(Features(input)) * _outputSpread) + _outputCentre).MoveToOuterDisposeScope();
    }

    /// <param name="input">[shot, slot then actuator], V.</param> <returns>[shot, feature]: what enters the last layer.</returns>
    public Tensor Features(Tensor input)
    {
        Tensor u = (input - _inputCentre) / _inputSpread;
        foreach (Linear layer in _layers[..^1]) { u = nn.functional.silu(layer.forward(u)); }
        return u;
    }

    /// <param name="features">[shot, feature].</param> <returns>[shot, output], in units of the output spread about its centre.</returns>
    public Tensor Normalised(Tensor features) => _layers[^1].forward(features);

    /// <param name="target">[shot, output], V.</param> <returns>[shot, output], as <see cref="Normalised"/>.</returns>
    public Tensor NormalisedTarget(Tensor target) => (target - _outputCentre) / _outputSpread;
}
