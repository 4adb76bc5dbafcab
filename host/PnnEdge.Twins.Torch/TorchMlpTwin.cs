using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch;

/// <summary>The perceptron of <see cref="MlpTwin"/> on torch: same widths, swish, scales, layout of its numbers and, for one seed, the same start weights to the bit.</summary>
/// <remarks>Array and module share their memory: <see cref="TwinTrainer"/> may move the one, a torch optimizer the other.</remarks>
public sealed class TorchMlpTwin : ITrainableTwin, IDisposable
{
    private readonly ScaledPerceptron _module;
    private readonly Parameter[] _torchParameters;
    private readonly TorchTwin _twin;
    private readonly MlpTwin _managed; // shapes only; its numbers stay those of the start

    /// <param name="hiddenWidths">Widths of the layers between input and output.</param>
    /// <param name="seed">For the start weights: normal with variance 2/inputs.</param>
    /// <param name="actuators">How many of the inputs are actuators; they stand last.</param>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here.</exception>
    public TorchMlpTwin(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators) : this(new MlpTwin(scale, hiddenWidths, seed, actuators))
    {
    }

    /// <summary>A copy of a managed twin as it is now, fitted or not.</summary>
    /// <exception cref="ArgumentException">It has a receptive field: one perceptron per window is the managed engine's alone.</exception>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here.</exception>
    public TorchMlpTwin(MlpTwin managed)
    {
        TorchEngine.Load();
        if (managed.Field is not null) { throw new ArgumentException("A twin with a receptive field shares one perceptron among windows; TorchMlpTwin has one for the whole shot.", nameof(managed)); }
        _managed = managed;
        Parameters = GC.AllocateUninitializedArray<float>(managed.Parameters.Length, pinned: true);
        managed.Parameters.CopyTo(Parameters, 0);
        _module = new ScaledPerceptron(managed.Scale, managed.Widths, Parameters);
        _torchParameters = [.. _module.parameters()];
        _twin = new TorchTwin(_module, managed.Slots, managed.Actuators, managed.Outputs);
    }

    /// <summary>[shot, slot then actuator], V → [shot, output], V. Stays this twin's; ends with it.</summary>
    public nn.Module<Tensor, Tensor> Module => _module;

    /// <summary>[layer: weight [out, in], then bias [out]].</summary>
    public float[] Parameters { get; }

    public TwinScale Scale => _managed.Scale;

    /// <summary>Input, hidden and output widths.</summary>
    public IReadOnlyList<int> Widths => _managed.Widths;

    public int Slots => _managed.Slots;

    public int Actuators => _managed.Actuators;

    public int Outputs => _managed.Outputs;

    public ParameterSegment LastLayer => _managed.LastLayer;

    public int LastFeatures => _managed.LastFeatures;

    public int RowsPerShot => 1;

    public long MultiplyAddsPerShot => _managed.MultiplyAddsPerShot;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y) => _twin.Forward(slots, actuators, shots, y);

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators) =>
        _twin.Vjp(slots, actuators, shots, dy, dslots, dactuators);

    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable graph = enable_grad();
        Tensor loss = nn.functional.mse_loss(_module.Normalised(_module.Features(TensorRows.Of(x, shots))), _module.NormalisedTarget(TensorRows.Of(target, shots)));
        int at = 0;
        foreach (Tensor part in autograd.grad([loss], _torchParameters))
        {
            int length = (int)part.NumberOfElements;
            TensorRows.Copy(part, gradient.Slice(at, length));
            at += length;
        }

        return loss.item<float>();
    }

    public void LastLayerRows(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> features, Span<float> missing)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGraph = no_grad();
        Tensor entering = _module.Features(TensorRows.Of(x, shots));
        TensorRows.Copy(entering, features);
        TensorRows.Copy(_module.NormalisedTarget(TensorRows.Of(target, shots)) - _module.Normalised(entering), missing);
    }

    public void Dispose() => _module.Dispose();
}
