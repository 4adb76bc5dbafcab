using PnnEdge.Numerics.Losses;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods;

/// <summary>
/// One step of physics-aware training (Wright et al. 2022): forward through the physics, loss on what was measured, backward through the twin
/// at what was really applied, update. With a <see cref="TwinSystem"/> as the system, the same step trains in silico.
/// </summary>
/// <param name="observe">Told what every layer applied and measured, after the update: what a twin can follow its system by.</param>
public sealed class PatStep(
    PhysicalNetwork network, IPhysicalSystem system, ITwin twin, Adam optimizer, StepSettings settings, TimeProvider time,
    Action<IReadOnlyList<LayerTape>>? observe = null)
{
    private readonly ForwardPass _pass = new(network, time);
    private readonly float[] _gradient = new float[network.Parameters.Length];
    private readonly StepScratch _scratch = new();

    /// <param name="features">[shot, feature].</param> <param name="labels">[shot].</param>
    /// <param name="shotsOfLayer">Logical index of the first shot of each layer.</param>
    public async Task<StepReport> RunAsync(
        ReadOnlyMemory<float> features, ReadOnlyMemory<int> labels, Func<int, ulong> shotsOfLayer, double learningRate, CancellationToken cancellation)
    {
        int shots = labels.Length;
        await _pass.RunAsync(system, features, shots, shotsOfLayer, cancellation);             // forward: the physics, layer after layer
        long measuredAt = time.GetTimestamp();

        _scratch.Resize(network.Shape, shots);
        Array.Clear(_gradient);
        double loss = SoftmaxCrossEntropy.Forward(_pass.Logits, labels.Span);                  // on the measurement: a twin here would train the model, not the hardware
        SoftmaxCrossEntropy.Gradient(_pass.Logits, labels.Span, _scratch.Logits);
        network.ReadVjp(_pass.Carried, shots, _scratch.Logits, _scratch.Carried, _gradient);

        double penalty = 0;
        TimeSpan twinTime = TimeSpan.Zero;
        for (int layer = network.Shape.Layers - 1; layer >= 0; layer--)
        {
            LayerTape tape = _pass.Tapes[layer];
            network.DecodeVjp(layer, tape, shots, _scratch.Carried, _scratch.Windows, _scratch.Unit, _gradient);

            long askedTwin = time.GetTimestamp();
            twin.Vjp(tape.Applied, tape.AppliedActuators, shots * network.Shape.Branches, _scratch.Windows, _scratch.Slots, _scratch.Actuators); // backward: the twin, at what was really applied
            twinTime += time.GetElapsedTime(askedTwin);

            penalty += AddPenalty(layer, tape, shots);
            Span<float> dinput = _scratch.Input(network.InputsOf(layer));
            network.EncodeVjp(layer, tape, shots, _scratch.Slots, _scratch.Actuators, _scratch.Unit, _scratch.Penalty, dinput, _gradient);
            if (layer > 0) { network.PassOnVjp(dinput, shots, _scratch.Carried); }
        }

        double norm = GradientClip.ToNorm(_gradient, settings.MaxGradientNorm);
        if (!double.IsFinite(loss + norm))
        {
            throw new InvalidOperationException($"The loss is {loss} and its gradient {norm}; the training diverged, try a lower learning rate.");
        }

        optimizer.Step(network.Parameters, _gradient, learningRate);
        long askedObserver = time.GetTimestamp();
        observe?.Invoke(_pass.Tapes);
        twinTime += time.GetElapsedTime(askedObserver);
        TimeSpan updateTime = time.GetElapsedTime(measuredAt) - twinTime;
        return new StepReport(loss, penalty, _pass.Clamped, shots * network.Shape.PassesPerSample, _pass.SystemTime, twinTime, updateTime);
    }

    // Averaged over every slot of every shot, and over the actuators; θ is the same in all shots, so its share is that of one slot in each.
    private double AddPenalty(int layer, LayerTape tape, int shots)
    {
        LayerParameters at = network.Layers[layer];
        double shareOfParameter = 1.0 / (network.Shape.Branches * network.Shape.Plan.Slots), shareOfDatum = shareOfParameter / shots;
        double shareOfActuator = 1.0 / Math.Max(network.Shape.Plan.Slots, network.Shape.ActuatorCount);
        _scratch.Penalty.Clear();
        settings.Penalty.AddGradient(tape.Unit, shareOfDatum, _scratch.Penalty);
        settings.Penalty.AddGradient(at.Theta.Of(network.Parameters), shareOfParameter, at.Theta.Of(_gradient));
        settings.Penalty.AddGradient(at.Actuators.Of(network.Parameters), shareOfActuator, at.Actuators.Of(_gradient));
        return settings.Penalty.Value(tape.Unit, shareOfDatum)
            + settings.Penalty.Value(at.Theta.Of(network.Parameters), shareOfParameter)
            + settings.Penalty.Value(at.Actuators.Of(network.Parameters), shareOfActuator);
    }
}

/// <param name="Penalty">Keeps slots inside the drive range.</param>
/// <param name="MaxGradientNorm">Euclidean norm above which a gradient is scaled down.</param>
public readonly record struct StepSettings(RangePenalty Penalty, double MaxGradientNorm);

/// <param name="Loss">Nats per sample, on the measurement, without the penalty.</param>
/// <param name="Penalty">Range penalty, same scale.</param>
/// <param name="ClampedSlots">Slots and actuators clamped to their range, over layers and shots.</param>
/// <param name="Passes">Shots played.</param>
/// <param name="SystemTime">Waiting for the system: physics and link.</param>
/// <param name="TwinTime">The twin's reverse, and what follows the twin's system.</param>
/// <param name="UpdateTime">Everything else after the measurement.</param>
public readonly record struct StepReport(
    double Loss, double Penalty, int ClampedSlots, int Passes, TimeSpan SystemTime, TimeSpan TwinTime, TimeSpan UpdateTime);
