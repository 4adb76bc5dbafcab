using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Tests;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Torch.Hybrid;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests.Hybrid;

public class PhysicalLayerErrorTests
{
    [Fact]
    public async Task A_twin_that_fails_in_backward_gives_NaN_and_the_next_forward_says_why()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        var twin = new FailingTwin();
        using var network = new HybridNetwork(system, twin, seed: 4);
        (float[] features, int[] labels) = HybridNetwork.Batch(4, seed: 1);
        using var scope = NewDisposeScope();
        network.Loss(features, labels).backward(); // an exception here would pass through native code and end the process
        Assert.All(TensorRows.ToArray(network.Physical.Theta.grad!), g => Assert.True(float.IsNaN(g)));
        Assert.All(TensorRows.ToArray(network.Input.weight!.grad!), g => Assert.True(float.IsNaN(g)));
        long played = system.Usage.Passes;
        var said = Assert.Throws<InvalidOperationException>(() => network.Loss(features, labels));
        Assert.Equal("The last backward failed, its gradients were NaN: The model has no such corner.", said.Message);
        Assert.Equal(played, system.Usage.Passes);
        Assert.True(float.IsFinite(network.Loss(features, labels).item<float>())); // said once
    }

    [Fact]
    public async Task A_system_that_is_gone_is_the_forwards_own_error_and_counts_nothing_twice()
    {
        TorchHere.Require();
        await using var system = TinyTask.System();
        system.FailAfterCalls = 0;
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4);
        (float[] features, int[] labels) = HybridNetwork.Batch(4, seed: 1);
        using var scope = NewDisposeScope();
        Assert.Equal("The bench is gone.", Assert.Throws<PhysicalSystemException>(() => network.Loss(features, labels)).Message);
    }

    [Fact]
    public async Task A_unit_that_is_not_a_number_is_refused_before_anything_is_played()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4, firstShot: 9);
        using var scope = NewDisposeScope();
        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => network.Physical.forward(full(2, 8, float.NaN))).Message, StringComparison.Ordinal);
        Assert.Equal(0, system.Usage.Passes);
        Assert.Equal(9UL, network.Count.Next);
    }

    [Fact]
    public async Task An_input_of_another_shape_or_type_is_refused()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4);
        using var scope = NewDisposeScope();
        Assert.StartsWith("The input is Float32 [2, 7]; this layer takes Float32 [shot, 8].", Assert.Throws<ArgumentException>(() => network.Physical.forward(zeros(2, 7))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Physical.forward(zeros(8)));
        Assert.Throws<ArgumentException>(() => network.Physical.forward(zeros(2, 8, ScalarType.Float64)));
    }

    [Fact]
    public async Task A_twin_of_another_system_is_refused()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        MlpTwin other = new(new TwinScale([0, 0], [1, 1], [0], [1]), [4], seed: 1, actuators: 1);
        string message = Assert.Throws<ArgumentException>(() => new PhysicalLayer(system, other, TinyTask.Plan, TinyTask.Drive, new ShotCount(0), seed: 1)).Message;
        Assert.StartsWith("The twin takes 1 slots and 1 actuators to 1 outputs; the plan has 16 slots and 8 windows, and mixing#1 1 actuators.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PhysicalLayer(system, other, new SlotPlan(100, 100, 2, 8), TinyTask.Drive, new ShotCount(0), seed: 1));
    }

    private sealed class FailingTwin : ITwin
    {
        public int Slots => TinyTask.Plan.Slots;

        public int Actuators => 1;

        public int Outputs => TinyTask.Plan.Windows;

        public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y) => y.Clear();

        public void Vjp(
            ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators) =>
            throw new ArithmeticException("The model has no such corner.");
    }
}
