using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Methods;

/// <summary>The range penalty of one layer: averaged over every slot of every shot, and over the actuators.</summary>
/// <remarks>θ is the same in all shots, so its share is that of one slot in each.</remarks>
internal static class LayerPenalty
{
    public static double Value(RangePenalty penalty, PhysicalNetwork network, int layer, LayerTape tape, int shots)
    {
        Shares share = Shares.Of(network.Shape, shots);
        LayerParameters at = network.Layers[layer];
        return penalty.Value(tape.Unit, share.OfDatum)
            + penalty.Value(at.Theta.Of(network.Parameters), share.OfParameter)
            + penalty.Value(at.Actuators.Of(network.Parameters), share.OfActuator);
    }

    /// <param name="dunit">[shot, branch, data slot]; added to.</param> <param name="gradient">[parameter]; added to.</param>
    /// <returns>The value.</returns>
    public static double AddGradient(
        RangePenalty penalty, PhysicalNetwork network, int layer, LayerTape tape, int shots, Span<float> dunit, float[] gradient)
    {
        Shares share = Shares.Of(network.Shape, shots);
        LayerParameters at = network.Layers[layer];
        penalty.AddGradient(tape.Unit, share.OfDatum, dunit);
        penalty.AddGradient(at.Theta.Of(network.Parameters), share.OfParameter, at.Theta.Of(gradient));
        penalty.AddGradient(at.Actuators.Of(network.Parameters), share.OfActuator, at.Actuators.Of(gradient));
        return Value(penalty, network, layer, tape, shots);
    }

    private readonly record struct Shares(double OfParameter, double OfDatum, double OfActuator)
    {
        public static Shares Of(NetworkShape shape, int shots)
        {
            double ofParameter = 1.0 / (shape.Branches * shape.Plan.Slots);
            return new Shares(ofParameter, ofParameter / shots, 1.0 / Math.Max(shape.Plan.Slots, shape.ActuatorCount));
        }
    }
}
