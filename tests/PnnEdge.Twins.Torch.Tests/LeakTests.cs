using PnnEdge.Conformance;
using PnnEdge.Training.Tests;
using PnnEdge.Twins.Torch.Tests.Hybrid;
using TorchSharp;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests;

/// <summary>Tensors are native memory that the collector does not see: live ones are counted, and so is the process's resident memory.</summary>
[Collection(Alone.Name)]
public class LeakTests
{
    [Fact]
    public void Ten_thousand_steps_of_forward_and_reverse_leave_no_tensor_and_no_memory_behind()
    {
        TorchHere.Require();
        TwinCase at = TwinCase.Of("two hidden layers");
        using var twin = new TorchMlpTwin(at.Scale, at.Hidden, seed: 5, at.Actuators);
        float[] y = new float[at.Shots * at.Outputs], dslots = new float[at.SlotVolts.Length], dactuators = new float[at.Actuators];
        AssertFlat(10_000, () =>
        {
            twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, y);
            twin.Vjp(at.SlotVolts, at.ActuatorVolts, at.Shots, at.OutputGradient, dslots, dactuators);
        });
    }

    [Fact]
    public void A_thousand_steps_of_fitting_leave_no_tensor_and_no_memory_behind()
    {
        TorchHere.Require();
        TwinCase at = TwinCase.Of("two hidden layers");
        using var twin = new TorchMlpTwin(at.Scale, at.Hidden, seed: 5, at.Actuators);
        float[] gradient = new float[twin.Parameters.Length], features = new float[at.Shots * twin.LastFeatures], missing = new float[at.Shots * at.Outputs];
        AssertFlat(1000, () =>
        {
            twin.LossGradient(at.Rows, at.TargetVolts, at.Shots, gradient);
            twin.LastLayerRows(at.Rows, at.TargetVolts, at.Shots, features, missing);
        });
    }

    [Fact]
    public async Task A_thousand_steps_of_a_hybrid_network_leave_no_tensor_and_no_memory_behind()
    {
        TorchHere.Require();
        await using MixingSystem system = TinyTask.System();
        using var network = new HybridNetwork(system, HybridNetwork.AnyTwin(), seed: 4);
        using optim.Optimizer plain = optim.SGD(network.Torch.parameters(), 1e-3);
        (float[] features, int[] labels) = HybridNetwork.Batch(4, seed: 1);
        AssertFlat(1000, () =>
        {
            using var scope = NewDisposeScope();
            plain.zero_grad();
            network.Loss(features, labels).backward();
            plain.step();
        });
    }

    [Fact]
    public void A_twin_that_is_disposed_takes_its_tensors_with_it()
    {
        TorchHere.Require();
        TwinCase at = TwinCase.Of("two hidden layers");
        new TorchMlpTwin(at.Scale, at.Hidden, seed: 5, at.Actuators).Dispose();
        AssertFlat(200, () => new TorchMlpTwin(at.Scale, at.Hidden, seed: 5, at.Actuators).Dispose());
    }

    private static void AssertFlat(int steps, Action step)
    {
        for (int i = 0; i < steps / 2; i++) { step(); } // torch's pools fill and the runtime compiles what is hot
        long before = Live(), least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long resident = ResidentBytes();
            for (int i = 0; i < steps; i++) { step(); }
            least = Math.Min(least, ResidentBytes() - resident);
        }

        Assert.Equal(before, Live());

        // One activation [5, 32] a step that stayed would be 8 MB in every round of 10,000; what the runtime or torch's pools take once is in one round alone.
        Assert.InRange(least, long.MinValue, 5_000_000);
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
