using PnnEdge.Training.Twins;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests.Engines;

/// <summary>Modules that PnnEdge knows nothing of, as twins.</summary>
public class TorchTwinTests
{
    private static readonly float[] SlotVolts = [0.3f, -0.2f, 0.9f, 0.1f, 0.5f, -0.7f, 0.2f, 0.4f]; // [2 shots, 4 slots]
    private static readonly float[] ActuatorVolts = [0.6f];

    [Fact]
    public void A_module_of_torchs_own_layers_is_a_twin_whose_reverse_is_the_central_difference_of_its_forward()
    {
        TorchHere.Require();
        using Sequential module = Normalising();
        var twin = new TorchTwin(module, slots: 4, actuators: 1, outputs: 3);
        float[] v = [1, -2, 0.5f, 0.7f, 1.1f, -0.4f], x = [.. SlotVolts, .. ActuatorVolts], dx = new float[x.Length], y = new float[v.Length];
        twin.Vjp(x.AsSpan(0, 8), x.AsSpan(8), 2, v, dx.AsSpan(0, 8), dx.AsSpan(8));
        double Loss(int i, float volts)
        {
            float[] moved = [.. x];
            moved[i] = volts;
            twin.Forward(moved.AsSpan(0, 8), moved.AsSpan(8), 2, y);
            return y.Zip(v, (a, b) => (double)a * b).Sum();
        }

        // Single precision of a sum of order 1 is 2e-7, over 2h = 1/16: 3e-6; truncation h²/6 of a third derivative of order 1: 2e-4.
        const float h = 1f / 32;
        for (int i = 0; i < x.Length; i++) { Assert.Equal((Loss(i, x[i] + h) - Loss(i, x[i] - h)) / (2 * h), dx[i], 5e-4); }
        Assert.All(dx, d => Assert.True(Math.Abs(d) > 1e-3));
    }

    [Fact]
    public void A_reverse_leaves_no_gradient_in_the_modules_own_parameters()
    {
        TorchHere.Require();
        using Sequential module = Normalising();
        var twin = new TorchTwin(module, slots: 4, actuators: 1, outputs: 3);
        twin.Vjp(SlotVolts, ActuatorVolts, 2, new float[6], new float[8], new float[1]);
        Assert.All(module.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Dropout_rests_in_a_twin()
    {
        TorchHere.Require();
        using Sequential module = nn.Sequential(nn.Linear(5, 40), nn.Dropout(0.5), nn.Linear(40, 2));
        var twin = new TorchTwin(module, slots: 4, actuators: 1, outputs: 2);
        float[] first = new float[4], second = new float[4];
        twin.Forward(SlotVolts, ActuatorVolts, 2, first);
        module.train();
        twin.Forward(SlotVolts, ActuatorVolts, 2, second);
        Assert.Equal(first, second);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_module_of_another_shape_or_type_is_refused(bool wrongType)
    {
        TorchHere.Require();
        using Linear linear = nn.Linear(5, 2);
        using Sequential module = wrongType ? nn.Sequential(linear, new ToDouble()) : nn.Sequential(linear);
        var twin = new TorchTwin(module, slots: 4, actuators: 1, outputs: wrongType ? 2 : 3);
        string message = Assert.Throws<InvalidOperationException>(() => twin.Forward(SlotVolts, ActuatorVolts, 2, new float[6])).Message;
        Assert.Equal(
            wrongType ? "The module returned Float64 [2, 2] for 2 shots; a twin returns Float32 [2, 2]." : "The module returned Float32 [2, 2] for 2 shots; a twin returns Float32 [2, 3].",
            message);
    }

    [Fact]
    public void A_twin_works_where_its_caller_has_switched_the_graph_off()
    {
        TorchHere.Require();
        using Linear linear = nn.Linear(5, 1);
        var twin = new TorchTwin(linear, slots: 4, actuators: 1, outputs: 1);
        float[] dslots = new float[8], dactuators = new float[1], weight = TensorRows.ToArray(linear.weight!);
        using (no_grad()) { twin.Vjp(SlotVolts, ActuatorVolts, 2, [1, 1], dslots, dactuators); }
        Assert.Equal([.. weight[..4], .. weight[..4]], dslots);
        Assert.Equal(2 * weight[4], dactuators[0]);
    }

    [Fact]
    public void A_fitted_managed_twin_moves_to_torch_and_its_optimizer_moves_the_array()
    {
        TorchHere.Require();
        var managed = new MlpTwin(new TwinScale(new float[5], [1, 1, 1, 1, 1], new float[2], [1, 1]), [6], seed: 1, actuators: 1);
        managed.Parameters[0] = 3.25f;
        using var twin = new TorchMlpTwin(managed);
        Assert.Equal(3.25f, twin.Parameters[0]);
        Assert.Equal(3.25f, twin.Module.parameters().First()[0, 0].item<float>());
        using (var scope = NewDisposeScope())
        {
            using optim.Optimizer plain = optim.SGD(twin.Module.parameters(), 0.5);
            twin.Module.parameters().First()[0, 0].backward();
            plain.step();
        }

        Assert.Equal(2.75f, twin.Parameters[0]);
        Assert.Equal(3.25f, managed.Parameters[0]);
    }

    [Fact]
    public void A_twin_with_a_receptive_field_stays_with_the_managed_engine()
    {
        TorchHere.Require();
        ReceptiveField field = ReceptiveField.Of(new Training.Coding.SlotPlan(4, 4, 1, 4), actuators: 1, memorySlots: 3);
        float[] ones = [.. Enumerable.Repeat(1f, field.RowInputs)];
        var managed = new MlpTwin(new TwinScale(new float[field.RowInputs], ones, new float[1], [1]), [6], seed: 1, actuators: 1, field);
        Assert.Contains("receptive field", Assert.Throws<ArgumentException>(() => new TorchMlpTwin(managed)).Message, StringComparison.Ordinal);
    }

    private static Sequential Normalising()
    {
        random.manual_seed(4);
        return nn.Sequential(nn.Linear(5, 12), nn.LayerNorm(12), nn.GELU(), nn.Linear(12, 3));
    }

    private sealed class ToDouble() : nn.Module<Tensor, Tensor>(nameof(ToDouble))
    {
        public override Tensor forward(Tensor input) => input.to(ScalarType.Float64);
    }
}
