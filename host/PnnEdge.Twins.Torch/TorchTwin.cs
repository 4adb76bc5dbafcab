using PnnEdge.Training.Twins;
using TorchSharp;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch;

/// <summary>Any TorchSharp module as a twin; its reverse is torch's automatic differentiation. One call at a time.</summary>
/// <remarks>A twin is a function: the module is held in evaluation mode, where dropout rests and normalisation uses what it learnt.</remarks>
public sealed class TorchTwin : ITwin
{
    private readonly nn.Module<Tensor, Tensor> _module;

    /// <param name="module">[shot, slot then actuator], V → [shot, output], V, float32 on the processor; not owned.</param>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here.</exception>
    public TorchTwin(nn.Module<Tensor, Tensor> module, int slots, int actuators, int outputs)
    {
        TorchEngine.Load();
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(actuators);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (_module, Slots, Actuators, Outputs) = (module, slots, actuators, outputs);
    }

    public int Slots { get; }

    public int Actuators { get; }

    public int Outputs { get; }

    /// <exception cref="InvalidOperationException">The module returns another shape or type.</exception>
    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGraph = no_grad();
        TensorRows.Copy(Run(TensorRows.Of(slots[..(shots * Slots)], actuators[..Actuators], shots), shots), y);
    }

    /// <exception cref="InvalidOperationException">The module returns another shape or type.</exception>
    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable graph = enable_grad(); // inside another network's backward torch has switched it off
        Tensor x = TensorRows.Of(slots[..(shots * Slots)], actuators[..Actuators], shots).requires_grad_();
        Tensor y = Run(x, shots);
        Tensor dx = autograd.grad([y], [x], [TensorRows.Of(dy[..(shots * Outputs)], shots)])[0];
        TensorRows.Copy(dx.narrow(1, 0, Slots), dslots);
        if (Actuators > 0) { TensorRows.Copy(dx.narrow(1, Slots, Actuators).sum([0L]), dactuators); }
    }

    private Tensor Run(Tensor x, int shots)
    {
        if (_module.training) { _module.eval(); }
        Tensor y = _module.forward(x);
        return y.dtype == float32 && y.shape.AsSpan().SequenceEqual([shots, Outputs])
            ? y
            : throw new InvalidOperationException($"The module returned {y.dtype} [{string.Join(", ", y.shape)}] for {shots} shots; a twin returns Float32 [{shots}, {Outputs}].");
    }
}
