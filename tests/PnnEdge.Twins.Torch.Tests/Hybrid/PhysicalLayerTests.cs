using PnnEdge.Training.Methods;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Tests;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Torch.Hybrid;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests.Hybrid;

public class PhysicalLayerTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_gradient_is_the_managed_physics_aware_gradient_of_the_same_network(bool twinOnTorch)
    {
        TorchHere.Require();
        MlpTwin twin = HybridNetwork.AnyTwin();
        using var onTorch = new TorchMlpTwin(twin); // its reverse then runs inside torch's own backward
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, twinOnTorch ? onTorch : twin, seed: 4, firstShot: 40);
        (float[] features, int[] labels) = HybridNetwork.Batch(12, seed: 1);

        var method = new PhysicsAware(network.Managed, system, twin, new RangePenalty(0, 25), TimeProvider.System);
        float[] gradient = new float[network.Managed.Parameters.Length];
        GradientReport report = await method.GradientAsync(new MiniBatch(features, labels, _ => 40), gradient, CancellationToken.None);

        using var scope = NewDisposeScope();
        Tensor loss = network.Loss(features, labels);
        loss.backward();

        Assert.Equal(report.Loss, loss.item<float>(), 1e-6 * report.Loss + 1e-7); // the same measurement: only the readout and the loss round apart
        Assert.Equal(report.ClampedSlots, network.Physical.Clamped);
        double largest = gradient.Max(Math.Abs);
        Assert.True(largest > 0.05);
        int compared = 0;
        foreach ((string name, Parameter parameter) in network.Pairs())
        {
            float[] managed = network.Segment(name).Of(gradient).ToArray(), torch = TensorRows.ToArray(parameter.grad!);
            Assert.Contains(managed, g => Math.Abs(g) > 1e-4 * largest);
            for (int i = 0; i < managed.Length; i++) { Assert.Equal(managed[i], torch[i], 1e-5 * largest); } // single precision through three layers, relative to the largest
            compared += managed.Length;
        }

        Assert.Equal(network.Managed.Layout.Count, compared);
    }

    [Fact]
    public async Task Two_passes_of_one_layer_in_one_graph_keep_a_batch_each()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var layer = new PhysicalLayer(system, HybridNetwork.AnyTwin(), TinyTask.Plan, TinyTask.Drive, new ShotCount(0), seed: 1);
        using var scope = NewDisposeScope();
        float[] Gradient(params float[] levels)
        {
            layer.zero_grad();
            Tensor[] measured = [.. levels.Select((level, i) => layer.forward(full(i + 1, TinyTask.Plan.DataSlots, level)).sum())];
            measured.Aggregate((a, b) => a + b).backward();
            return TensorRows.ToArray(layer.Theta.grad!);
        }

        float[] both = Gradient(0.2f, 0.7f), ofOne = Gradient(0.2f), ofTwo = Gradient(0.7f);
        using Tensor twoShots = full(2, TinyTask.Plan.DataSlots, 0.7f);
        layer.zero_grad();
        layer.forward(twoShots).sum().backward();
        float[] ofBoth = TensorRows.ToArray(layer.Theta.grad!);
        for (int i = 0; i < both.Length; i++)
        {
            Assert.Equal(ofOne[i] + ofBoth[i], both[i], 1e-5); // the second pass had two shots; sums of order 1 in single precision
            Assert.Equal(2 * ofTwo[i], ofBoth[i], 1e-5);
        }
    }

    [Fact]
    public async Task A_hybrid_network_learns_with_a_torch_optimizer()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        TwinFit fit = await TwinFitting.RunAsync(
            system, TinyTask.Plan, TinyTask.Drive, TinyTask.TwinFit with { Shots = 600, Epochs = 20 }, seed: 2, TimeProvider.System, null, CancellationToken.None);
        using var network = new HybridNetwork(system, fit.Twin, seed: 4, ShotIndex.First(3));
        float[] theta = TensorRows.ToArray(network.Physical.Theta);
        using optim.Optimizer adam = optim.Adam(network.Torch.parameters(), 0.02);
        var losses = new List<double>();
        for (ulong step = 0; step < 60; step++)
        {
            using var scope = NewDisposeScope();
            (float[] features, int[] labels) = HybridNetwork.Batch(16, seed: 100 + step);
            adam.zero_grad();
            Tensor loss = network.Loss(features, labels);
            loss.backward();
            adam.step();
            losses.Add(loss.item<float>());
        }

        Assert.True(losses[^10..].Average() < 0.3 * losses[0], $"From {losses[0]} to {losses[^10..].Average()} nats.");
        Assert.Contains(TensorRows.ToArray(network.Physical.Theta).Zip(theta, (after, before) => Math.Abs(after - before)), moved => moved > 0.05); // the physics learns too
        Assert.Equal(ShotIndex.First(3) + (60 * 16), network.Count.Next);
        Assert.Equal(600 + (60 * 16), system.Usage.Passes);
    }

    [Fact]
    public async Task Noise_follows_the_logical_shot_and_two_layers_on_one_count_never_share_it()
    {
        TorchHere.Require();
        MlpTwin twin = HybridNetwork.AnyTwin();
        await using MixingSystem system = TinyTask.System(noiseVolts: 0.1);
        var count = new ShotCount(ShotIndex.First(1));
        using var first = new PhysicalLayer(system, twin, TinyTask.Plan, TinyTask.Drive, count, seed: 1);
        using var second = new PhysicalLayer(system, twin, TinyTask.Plan, TinyTask.Drive, count, seed: 1);
        using var scope = NewDisposeScope();
        Tensor unit = full(2, TinyTask.Plan.DataSlots, 0.4f);
        float[] a = TensorRows.ToArray(first.forward(unit)), b = TensorRows.ToArray(second.forward(unit));
        Assert.NotEqual(a, b);
        count.Next = ShotIndex.First(1);
        Assert.Equal(a, TensorRows.ToArray(second.forward(unit)));
        Assert.Equal(ShotIndex.First(1) + 2, count.Next);
    }

    [Fact]
    public async Task A_clamped_unit_is_counted_and_gets_no_gradient()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4);
        using var scope = NewDisposeScope();
        float[] units = [.. Enumerable.Repeat(0.5f, TinyTask.Plan.DataSlots)];
        (units[2], units[5]) = (1.25f, -0.01f);
        Tensor unit = tensor(units).view(1, -1).requires_grad_();
        network.Physical.forward(unit).sum().backward();
        Assert.Equal(2, network.Physical.Clamped);
        float[] gradient = TensorRows.ToArray(unit.grad!);
        for (int i = 0; i < gradient.Length; i++) { Assert.Equal(i is 2 or 5, gradient[i] == 0); }
    }

    [Fact]
    public async Task Without_a_graph_a_layer_measures_and_nothing_more()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4);
        using var scope = NewDisposeScope();
        using IDisposable noGraph = no_grad();
        Tensor y = network.Physical.forward(full(3, TinyTask.Plan.DataSlots, 0.4f));
        Assert.False(y.requires_grad);
        Assert.Equal([3, TinyTask.Plan.Windows], y.shape);
        Assert.Equal(3, system.Usage.Passes);
    }

    [Fact]
    public async Task A_system_without_actuators_and_a_plan_without_parameters_make_a_layer()
    {
        TorchHere.Require();
        MlpTwin twin = new(new TwinScale(new float[8], [1, 1, 1, 1, 1, 1, 1, 1], new float[8], [1, 1, 1, 1, 1, 1, 1, 1]), [16], seed: 1, actuators: 0);
        var plan = new Training.Coding.SlotPlan(dataSlots: 8, parameterSlots: 0, holdSamples: 1, windows: 8);
        SystemDescription described = TinyTask.System().Description with { Actuators = [], StimulusSamples = 8, MeasurementSamples = 8 };
        await using var system = new TwinSystem(twin, plan, described);
        using var layer = new PhysicalLayer(system, twin, plan, TinyTask.Drive, new ShotCount(0), seed: 1);
        using var scope = NewDisposeScope();
        Tensor unit = full(2, 8, 0.4f).requires_grad_();
        layer.forward(unit).sum().backward();
        Assert.Contains(TensorRows.ToArray(unit.grad!), g => g != 0);
    }
}
