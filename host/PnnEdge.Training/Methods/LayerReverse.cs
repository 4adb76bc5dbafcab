using PnnEdge.Numerics.Losses;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods;

/// <summary>One layer backwards: from what its output should have been to its own parameters and its input, with the range penalty's share.</summary>
internal sealed class LayerReverse(PhysicalNetwork network, RangePenalty penalty, TimeProvider time)
{
    private readonly StepScratch _scratch = new();
    private int _shots;

    /// <summary>[shot, class], ∂loss/∂logit.</summary>
    public Span<float> Logits => _scratch.Logits;

    /// <summary>[shot, branch, window], ∂loss/∂carried of the layer that goes next.</summary>
    public Span<float> Carried => _scratch.Carried;

    /// <summary>The twin's since <see cref="Start"/>.</summary>
    public TimeSpan TwinTime { get; private set; }

    /// <summary>The range penalty of the layers that have gone since <see cref="Start"/>.</summary>
    public double Penalty { get; private set; }

    /// <summary>From the loss of what was measured, which a twin here would make one of the model, through the digital readout.</summary>
    /// <param name="gradient">[parameter]; overwritten with the readout's.</param>
    /// <returns>Nats per sample. <see cref="Logits"/> and <see cref="Carried"/>, of the last layer, are written.</returns>
    public double Start(ForwardPass pass, ReadOnlySpan<int> labels, float[] gradient)
    {
        _scratch.Resize(network.Shape, pass.Shots);
        (_shots, TwinTime, Penalty) = (pass.Shots, TimeSpan.Zero, 0);
        Array.Clear(gradient);
        SoftmaxCrossEntropy.Gradient(pass.Logits, labels, _scratch.Logits);
        network.ReadVjp(pass.Carried, pass.Shots, _scratch.Logits, _scratch.Carried, gradient);
        return SoftmaxCrossEntropy.Forward(pass.Logits, labels);
    }

    /// <summary>Backwards through a twin, at what was really applied.</summary>
    /// <param name="gradient">[parameter]; added to.</param>
    public void Through(ITwin twin, int layer, LayerTape tape, float[] gradient)
    {
        network.DecodeVjp(layer, tape, _shots, _scratch.Carried, _scratch.Windows, _scratch.Unit, gradient);
        long asked = time.GetTimestamp();
        twin.Vjp(tape.Applied, tape.AppliedActuators, _shots * network.Shape.Branches, _scratch.Windows, _scratch.Slots, _scratch.Actuators);
        TwinTime += time.GetElapsedTime(asked);
        IntoParameters(layer, tape, gradient);
    }

    /// <summary>Backwards from an error that is already at the layer's slots, past its physics.</summary>
    /// <param name="slots">Writes [shot, branch, slot] and [actuator], ∂loss/∂volt, 1/V.</param>
    /// <param name="gradient">[parameter]; added to.</param>
    public void Past(SlotError slots, int layer, LayerTape tape, float[] gradient)
    {
        _scratch.Unit.Clear();
        slots(_scratch.Slots, _scratch.Actuators);
        IntoParameters(layer, tape, gradient);
    }

    /// <summary>What <see cref="Carried"/> of the layer before is: through the input of the layer that went last.</summary>
    public void PassOn(int layer) => network.PassOnVjp(_scratch.Input(network.InputsOf(layer)), _shots, _scratch.Carried);

    public delegate void SlotError(Span<float> dslots, Span<float> dactuators);

    private void IntoParameters(int layer, LayerTape tape, float[] gradient)
    {
        _scratch.Penalty.Clear();
        Penalty += LayerPenalty.AddGradient(penalty, network, layer, tape, _shots, _scratch.Penalty, gradient);
        network.EncodeVjp(
            layer, tape, _shots, _scratch.Slots, _scratch.Actuators, _scratch.Unit, _scratch.Penalty, _scratch.Input(network.InputsOf(layer)), gradient);
    }
}
