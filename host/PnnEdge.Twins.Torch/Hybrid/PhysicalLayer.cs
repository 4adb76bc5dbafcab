using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Hybrid;

/// <summary>
/// A TorchSharp module that is a physical system: forward plays and measures, backward is the twin's at what was really applied
/// (physics-aware training, Wright et al. 2022). It stands among other modules, and torch optimizers train it.
/// </summary>
/// <remarks>One call at a time. System and twin are not owned. The module may run many times before one backward; each pass keeps its own batch.</remarks>
public sealed class PhysicalLayer : nn.Module<Tensor, Tensor>
{
    private readonly IPhysicalSystem _system;
    private readonly ITwin _twin;
    private readonly SlotPlan _plan;
    private readonly VoltRange _driveRange;
    private readonly ShotCount _shots;
    private Exception? _failedReverse;

    /// <param name="driveRange">The part of the system's range that units 0 to 1 span.</param>
    /// <param name="shots">Numbers what is played; shared by all layers on this system.</param>
    /// <param name="seed">For θ: uniform in 0.15 to 0.85, the first layer's start values of <see cref="Training.Networks.PhysicalNetwork"/>; actuators start at 0.5.</param>
    /// <exception cref="ArgumentException">System, plan and twin do not fit together.</exception>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here.</exception>
    public PhysicalLayer(IPhysicalSystem system, ITwin twin, SlotPlan plan, VoltRange driveRange, ShotCount shots, ulong seed) : base(nameof(PhysicalLayer))
    {
        TorchEngine.Load();
        plan.RequireFits(system.Description);
        int actuators = system.Description.ActuatorCount;
        if (twin.Slots != plan.Slots || twin.Outputs != plan.Windows || twin.Actuators != actuators)
        {
            throw new ArgumentException(
                $"The twin takes {twin.Slots} slots and {twin.Actuators} actuators to {twin.Outputs} outputs; the plan has {plan.Slots} slots and {plan.Windows} windows, and {system.Description.Name} {actuators} actuators.",
                nameof(twin));
        }

        (_system, _twin, _plan, _driveRange, _shots) = (system, twin, plan, driveRange, shots);
        var random = new SeededRandom(seed, stream: 0x1A1);
        Theta = Start("theta", [.. Enumerable.Range(0, plan.ParameterSlots).Select(_ => 0.15f + (0.7f * random.NextSingle()))]);
        Actuators = Start("actuators", [.. Enumerable.Repeat(0.5f, actuators)]);
    }

    /// <summary>[parameter slot], 1: 0 and 1 are the ends of the drive range.</summary>
    public Parameter Theta { get; }

    /// <summary>[actuator], 1: 0 and 1 are the ends of its range; set anew before every forward.</summary>
    public Parameter Actuators { get; }

    /// <summary>Slots and actuators clamped to their range in the last forward, over all shots; they get no gradient.</summary>
    public int Clamped { get; private set; }

    /// <param name="input">[shot, data slot], 1: 0 and 1 are the ends of the drive range.</param>
    /// <returns>[shot, window], V, as measured.</returns>
    /// <exception cref="ArgumentException">The input has another shape or type.</exception>
    /// <exception cref="PhysicalSystemException">The system refused or could not be reached.</exception>
    /// <exception cref="InvalidOperationException">A unit is not finite, or the twin failed in the backward before: its gradients were NaN.</exception>
    public override Tensor forward(Tensor input)
    {
        if (Interlocked.Exchange(ref _failedReverse, null) is Exception failed) { throw new InvalidOperationException($"The last backward failed, its gradients were NaN: {failed.Message}", failed); }
        if (input.dim() != 2 || input.shape[1] != _plan.DataSlots || input.dtype != float32)
        {
            throw new ArgumentException($"The input is {input.dtype} [{string.Join(", ", input.shape)}]; this layer takes Float32 [shot, {_plan.DataSlots}].", nameof(input));
        }

        float[] unit = TensorRows.ToArray(input), theta = TensorRows.ToArray(Theta), actuators = TensorRows.ToArray(Actuators);

        // Torch's forward cannot await; on a thread of the pool, whatever context the caller has cannot wait for itself.
        PlayedBatch batch = Task.Run(() => PlayedBatch.PlayAsync(_system, _plan, _driveRange, _shots, unit, theta, actuators)).GetAwaiter().GetResult();
        Clamped = batch.Clamped;
        return PhysicalPass.apply(input, Theta, Actuators, batch, this);
    }

    /// <summary>Called from native code: it must not throw.</summary>
    internal (float[] Unit, float[] Theta, float[] Actuators) Reverse(PlayedBatch batch, float[] dwindows)
    {
        try
        {
            return batch.Vjp(_twin, _plan, _driveRange, _system.Description, dwindows);
        }
        catch (Exception failed)
        {
            _failedReverse = failed;
            float[] NaNs(float[] like) => [.. Enumerable.Repeat(float.NaN, like.Length)];
            return (NaNs(batch.Unit), NaNs(batch.Theta), NaNs(batch.Actuators));
        }
    }

    private Parameter Start(string name, float[] values)
    {
        var parameter = new Parameter(tensor(values));
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }
}
