using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>
/// Augmented direct feedback alignment (Nakajima et al., Nat. Commun. 13, 7847, 2022): the output's error reaches the slots of every layer through a fixed
/// random matrix, and a function g of the slot stands for the slope of the physics, which nobody needs to know: no twin.
/// </summary>
/// <remarks>g(u) = sin(πu/2) with u from 0 to 1 across the drive range is ours; the paper finds many that will do. The readout's gradient is exact.</remarks>
public sealed class AugmentedFeedback(PhysicalNetwork network, IPhysicalSystem system, RangePenalty penalty, ulong seed, TimeProvider time) : ITrainingMethod
{
    private readonly ForwardPass _pass = new(network, time);
    private readonly LayerReverse _reverse = new(network, penalty, time);
    private readonly ErrorProjection _slots = new(
        [.. Enumerable.Repeat(network.Shape.Branches * network.Shape.Plan.Slots, network.Shape.Layers)], network.Shape.Classes, seed);
    private readonly ErrorProjection _actuators = new([.. Enumerable.Repeat(network.Shape.ActuatorCount, network.Shape.Layers)], network.Shape.Classes, seed + 1);
    private float[] _logits = [];
    private float[] _projected = [];

    public long Passes(int samples) => (long)samples * network.Shape.PassesPerSample;

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        int shots = batch.Samples;
        await _pass.RunAsync(system, batch.Features, shots, batch.ShotsOfLayer, cancellation);
        double loss = _reverse.Start(_pass, batch.Labels.Span, gradient);
        _logits = _reverse.Logits.ToArray();
        for (int layer = 0; layer < network.Shape.Layers; layer++)
        {
            int at = layer;
            LayerTape tape = _pass.Tapes[layer];
            _reverse.Past((dslots, dactuators) => Project(at, tape, shots, dslots, dactuators), layer, tape, gradient);
        }

        return new GradientReport(loss, _reverse.Penalty, _pass.Clamped, _pass.SystemTime, _reverse.TwinTime);
    }

    private void Project(int layer, LayerTape tape, int shots, Span<float> dslots, Span<float> dactuators)
    {
        VoltRange drive = network.Shape.DriveRange;
        _slots.Forward(layer, _logits, shots, dslots);
        for (int i = 0; i < dslots.Length; i++) { dslots[i] *= Slope(tape.Applied[i], drive); }

        LayerTape.Grow(ref _projected, shots * dactuators.Length);
        _actuators.Forward(layer, _logits, shots, _projected);
        dactuators.Clear();
        for (int s = 0; s < shots; s++)
        {
            int a = 0;
            foreach (ActuatorPort port in network.Shape.Actuators)
            {
                for (int end = a + port.Count; a < end; a++) { dactuators[a] += _projected[(s * dactuators.Length) + a] * Slope(tape.AppliedActuators[a], port.Range); }
            }
        }
    }

    // Per volt, as a twin's would be.
    private static float Slope(float volts, VoltRange range)
    {
        float span = range.MaxVolts - range.MinVolts;
        return MathF.Sin(MathF.PI / 2 * (volts - range.MinVolts) / span) / span;
    }
}
