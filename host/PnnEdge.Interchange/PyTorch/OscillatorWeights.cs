using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Interchange.PyTorch;

/// <summary>How many values lay outside what the bench reaches and were moved to its limit.</summary>
public readonly record struct Imported(PhysicalNetwork Network, int Clamped);

/// <summary>A network of coupled oscillators from the state_dict of the original's example 1.</summary>
/// <remarks>
/// Layout: github.com/mcmahon-lab/Physics-Aware-Training, "Example 1 MNIST classification with PNN.ipynb". Each network of n oscillators stands in an
/// <c>nn.Linear(n, n)</c>: fcK.weight is C [n, n], of which the couplings are J_ij = (C_ij + C_ji)/2 for i ≠ j (its diagonal acts on nothing),
/// and fcK.bias is the drive e [n]. Logits are output_fac times the class oscillators' amplitudes. Here a bench's oscillators behind the n rest
/// uncoupled; its actuators are J_ij for i &lt; j in row order, then e_i, 1 V for 1.
/// </remarks>
public static class OscillatorWeights
{
    private const string FactorName = "output_fac";

    /// <summary>Whether these are that example's, by their names.</summary>
    public static bool AreIn(TensorSet tensors) => tensors.Names.Contains(FactorName) && tensors.Names.Contains("fc1.weight");

    /// <param name="clamp">Whether couplings and drives beyond the bench's reach are moved to its limit instead of refused.</param>
    /// <exception cref="InvalidDataException">One sentence: what was found and what this network takes.</exception>
    public static Imported Read(TensorSet tensors, NetworkShape shape, bool clamp)
    {
        Require(tensors, shape);
        var network = new PhysicalNetwork(shape, OutputScale.None(shape.Plan.Windows));
        network.Initialise(seed: 0); // the digital scales; everything that is trained is overwritten below
        var reach = new Reach();
        for (int l = 0; l < shape.Layers; l++)
        {
            int n = network.InputsOf(l) + (l == shape.Layers - 1 ? shape.ClassSlots : 0), all = shape.Plan.DataSlots, at = 0;
            float[] c = tensors.Floats($"fc{l + 1}.weight", n, n), e = tensors.Floats($"fc{l + 1}.bias", n);
            Span<float> units = network.Layers[l].Actuators.Of(network.Parameters);
            for (int i = 0; i < all; i++)
            {
                for (int j = i + 1; j < all; j++) { units[at++] = reach.Unit(j < n ? (c[(i * n) + j] + c[(j * n) + i]) / 2 : 0, shape.Actuators[0], l); }
            }

            for (int i = 0; i < all; i++) { units[at++] = reach.Unit(i < n ? e[i] : 0, shape.Actuators[1], l); }
        }

        if (reach.Beyond > 0 && !clamp)
        {
            throw new InvalidDataException(
                $"{tensors.Source}: {reach.Beyond} couplings and drives lie beyond this bench's reach, the farthest a {reach.Farthest.Port.Name} of {reach.Farthest.Volts:G4} V in layer {reach.Farthest.Layer + 1}, where {reach.Farthest.Port.Range} is possible; clamped, each would take the nearest.");
        }

        float factor = tensors.Floats(FactorName)[0];
        network.Layout.Segments.Single(segment => segment.Name == "readout.attenuation").Of(network.Parameters).Fill(factor / shape.LogitSharpness);
        return new Imported(network, reach.Beyond);
    }

    private static void Require(TensorSet tensors, NetworkShape shape)
    {
        int n = shape.Plan.DataSlots;
        bool fits = shape.Actuators is [{ } couplings, { } drives] && couplings.Count == n * (n - 1) / 2 && drives.Count == n
            && shape is { KeepVolts: true, Branches: 1, Input: InputKind.Wired, Rescale: RescaleKind.Layer, Readout: ReadoutKind.Groups, TrainEdges: false, TrainSkip: false, Plan.ParameterSlots: 0 }
            && shape.Order == SlotOrder.Kept && shape.ClassSlots == shape.Classes && shape.Plan.Windows == n;
        if (!fits)
        {
            throw new InvalidDataException(
                $"{tensors.Source} holds coupled oscillators that keep their amplitudes from layer to layer and are read one by one; the experiment's network is another, and oscillators-mnist is one that takes them.");
        }
    }

    private sealed class Reach
    {
        public int Beyond { get; private set; }

        public (float Volts, ActuatorPort Port, int Layer) Farthest { get; private set; }

        /// <returns>The actuator's unit: 0 and 1 are the ends of its range.</returns>
        public float Unit(float volts, ActuatorPort port, int layer)
        {
            if (!port.Range.Contains(volts))
            {
                Beyond++;
                if (MathF.Abs(volts) > MathF.Abs(Farthest.Volts)) { Farthest = (volts, port, layer); }
            }

            return Math.Clamp((volts - port.Range.MinVolts) / (port.Range.MaxVolts - port.Range.MinVolts), 0, 1);
        }
    }
}
