using PnnEdge.Twins.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Benchmarks.Twins;

/// <summary>The rival of a twin's training step: a perceptron with SiLU, mean squared error and Adam, as a TorchSharp user writes them.</summary>
/// <remarks>Data and network stay; the gradients' memory is torch's own to reuse. The number of threads is the whole process's.</remarks>
internal sealed class TorchTrainingStep : IDisposable
{
    private readonly Sequential _network;
    private readonly optim.Optimizer _adam;
    private readonly Tensor _x;
    private readonly Tensor _y;

    /// <param name="widths">Input, hidden and output widths.</param>
    /// <param name="x">[shot, input].</param> <param name="y">[shot, output].</param>
    /// <exception cref="TorchUnavailableException">TorchSharp cannot run here; <see cref="TorchEngine.IsAvailable"/> says so before.</exception>
    public TorchTrainingStep(IReadOnlyList<int> widths, float[] x, float[] y, int shots, int threads, double learningRate = 1e-3)
    {
        TorchEngine.Load();
        set_num_threads(threads);
        (_x, _y) = (tensor(x, [shots, widths[0]]), tensor(y, [shots, widths[^1]]));
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (int l = 1; l < widths.Count; l++)
        {
            layers.Add(($"linear{l}", nn.Linear(widths[l - 1], widths[l])));
            if (l < widths.Count - 1) { layers.Add(($"swish{l}", nn.SiLU())); }
        }

        _network = nn.Sequential(layers);
        _adam = optim.Adam(_network.parameters(), learningRate);
    }

    /// <param name="parameters">[layer: weight [out, in], then bias [out]].</param>
    public void SetParameters(float[] parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGraph = no_grad();
        int at = 0;
        foreach (Parameter parameter in _network.parameters())
        {
            int count = (int)parameter.numel();
            parameter.copy_(tensor(parameters[at..(at + count)], parameter.shape));
            at += count;
        }
    }

    /// <summary>Forward, backward, Adam.</summary>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _adam.zero_grad();
        Tensor loss = nn.functional.mse_loss(_network.forward(_x), _y);
        loss.backward();
        _adam.step();
    }

    /// <summary>Mean squared error now; falls from step to step.</summary>
    public double Loss()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGraph = no_grad();
        return nn.functional.mse_loss(_network.forward(_x), _y).item<float>();
    }

    public void Dispose()
    {
        _adam.Dispose();
        _network.Dispose();
        _x.Dispose();
        _y.Dispose();
    }
}
