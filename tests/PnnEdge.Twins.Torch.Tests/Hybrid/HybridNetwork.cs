using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Tests;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Torch.Hybrid;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests.Hybrid;

/// <summary>Linear → the three-line physical system → linear, as a torch network and as the managed one with the same numbers.</summary>
internal sealed class HybridNetwork : IDisposable
{
    public HybridNetwork(IPhysicalSystem system, ITwin twin, ulong seed, ulong firstShot = 0)
    {
        Count = new ShotCount(firstShot);
        Physical = new PhysicalLayer(system, twin, TinyTask.Plan, TinyTask.Drive, Count, seed);
        (Input, Output) = (nn.Linear(4, TinyTask.Plan.DataSlots), nn.Linear(TinyTask.Plan.Windows, 3));
        Torch = nn.Sequential(("input", Input), ("physical", Physical), ("output", Output));
        Managed = new PhysicalNetwork(
            TinyTask.Shape(1) with { TrainSkip = false, Input = InputKind.Dense, Readout = ReadoutKind.Dense }, OutputScale.None(TinyTask.Plan.Windows));
        Managed.Initialise(seed);
        using IDisposable noGraph = no_grad();
        foreach ((string name, Parameter parameter) in Pairs())
        {
            using Tensor start = tensor(Segment(name).Of(Managed.Parameters).ToArray());
            using Tensor shaped = start.view(parameter.shape);
            if (name != "layer0.theta") { parameter.copy_(shaped); } // θ starts equal by its own seed
        }
    }

    public ShotCount Count { get; }

    public PhysicalLayer Physical { get; }

    public Linear Input { get; }

    public Linear Output { get; }

    public Sequential Torch { get; }

    public PhysicalNetwork Managed { get; }

    /// <summary>The managed network's segments beside the torch network's parameters.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Pairs() =>
    [
        ("layer0.theta", Physical.Theta), ("layer0.actuators", Physical.Actuators), ("layer0.weight", Input.weight!), ("layer0.offset", Input.bias!),
        ("readout.weight", Output.weight!), ("readout.offset", Output.bias!),
    ];

    public ParameterSegment Segment(string name) => Managed.Layout.Segments.Single(segment => segment.Name == name);

    /// <summary>A twin of the system's size that no one has fitted: smooth, and good enough where only equality counts.</summary>
    public static MlpTwin AnyTwin()
    {
        float[] Same(int count, float value) => [.. Enumerable.Repeat(value, count)];
        int inputs = TinyTask.Plan.Slots + 1;
        return new MlpTwin(new TwinScale(Same(inputs, 0), Same(inputs, 0.8f), Same(TinyTask.Plan.Windows, 0), Same(TinyTask.Plan.Windows, 0.6f)), [24, 24], seed: 7, actuators: 1);
    }

    /// <returns>[sample, 4 features] and [sample], three clouds.</returns>
    public static (float[] Features, int[] Labels) Batch(int samples, ulong seed)
    {
        var random = new SeededRandom(seed);
        int[] labels = [.. Enumerable.Range(0, samples).Select(_ => random.NextInt32(3))];
        return ([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(f => (f == label ? 0.9f : 0.2f) + (0.1f * (float)random.NextNormal())))], labels);
    }

    /// <summary>Cross-entropy of a batch; its graph belongs to the caller's dispose scope.</summary>
    public Tensor Loss(float[] features, int[] labels)
    {
        Tensor logits = Torch.forward(tensor(features).view(labels.Length, 4));
        return nn.functional.cross_entropy(logits, tensor([.. labels.Select(label => (long)label)]));
    }

    public void Dispose()
    {
        Torch.Dispose();
        Input.Dispose();
        Output.Dispose();
        Physical.Dispose();
    }
}
