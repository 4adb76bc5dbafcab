using PnnEdge.Numerics.Losses;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Methods.Rivals;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Tests.Methods;

/// <summary>Methods whose error reaches a layer past the layers behind it, or never leaves it.</summary>
public class FeedbackMethodTests
{
    private static readonly RangePenalty NoPenalty = new(0, 25);

    [Fact]
    public void Direct_feedback_agrees_with_the_gradient_from_the_last_layer_on()
    {
        var of = new MethodCase();
        float[] exact = of.Gradient(new PhysicsAware(of.Network, of.System, of.Twin, NoPenalty, TimeProvider.System));
        float[] direct = of.Gradient(new DirectFeedback(of.Network, of.System, of.Twin, NoPenalty, seed: 1, TimeProvider.System));
        Assert.Equal(of.OfLayer(2, exact), of.OfLayer(2, direct));
        Assert.Equal(exact[of.Network.BeforeReadout..], direct[of.Network.BeforeReadout..]);
        Assert.InRange(MethodCase.Cosine(of.OfLayer(0, exact), of.OfLayer(0, direct)), -0.9, 0.9); // a random matrix stands for two layers
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Direct_feedback_is_the_slope_of_a_hidden_layer_along_the_projected_error(int layer)
    {
        var of = new MethodCase();
        float[] direct = of.Gradient(new DirectFeedback(of.Network, of.System, of.Twin, NoPenalty, seed: 7, TimeProvider.System));
        float[] error = await ProjectedErrorAsync(of, layer);
        await DifferencesAgreeAsync(of, layer, of.OfLayer(layer, direct), (carried, _) => Dot(carried, error), tolerance: 0.02);
    }

    [Fact]
    public async Task Augmented_feedback_needs_no_twin_and_gives_a_slot_the_projected_error_times_its_function()
    {
        var of = new MethodCase();
        float[] augmented = of.Gradient(new AugmentedFeedback(of.Network, of.System, NoPenalty, seed: 3, TimeProvider.System));
        float[] exact = of.Gradient(new PhysicsAware(of.Network, of.System, of.Twin, NoPenalty, TimeProvider.System));
        Assert.Equal(exact[of.Network.BeforeReadout..], augmented[of.Network.BeforeReadout..]);

        // θ is the same in every shot: its gradient is g(θ) times the sum over shots of the projected error at its slot.
        var pass = new ForwardPass(of.Network, TimeProvider.System);
        await pass.RunAsync(of.System, of.Batch.Features, MethodCase.Labels.Length, _ => 0, CancellationToken.None);
        float[] error = ErrorOf(pass), projected = new float[MethodCase.Labels.Length * TinyTask.Plan.Slots];
        var projection = new ErrorProjection([.. Enumerable.Repeat(TinyTask.Plan.Slots, 3)], 3, 3);
        for (int layer = 0; layer < 3; layer++)
        {
            projection.Forward(layer, error, MethodCase.Labels.Length, projected);
            ParameterSegment theta = of.Network.Layers[layer].Theta;
            for (int i = 0; i < theta.Length; i++)
            {
                double sum = Enumerable.Range(0, MethodCase.Labels.Length).Sum(s => (double)projected[(s * TinyTask.Plan.Slots) + TinyTask.Plan.ParameterSlotAt[i]]);
                double expected = sum * Math.Sin(Math.PI / 2 * theta.Of(of.Network.Parameters)[i]);
                Assert.Equal(expected, theta.Of(augmented)[i], 1e-5); // single precision of sums of order 1
            }
        }
    }

    [Fact]
    public async Task Local_learning_is_the_slope_of_a_hidden_layers_own_loss()
    {
        var of = new MethodCase();
        float[] local = of.Gradient(new LocalLearning(of.Network, of.System, of.Twin, NoPenalty, TimeProvider.System));
        float[] edges = ClassReadout.EqualEdges(TinyTask.Plan.Windows, 3);
        for (int layer = 0; layer < 2; layer++)
        {
            await DifferencesAgreeAsync(of, layer, of.OfLayer(layer, local), (carried, _) =>
            {
                float[] goodness = new float[MethodCase.Labels.Length * 3];
                ClassReadout.Forward([.. carried.Select(c => c * c)], MethodCase.Labels.Length, edges, [1, 1, 1], [0, 0, 0], of.Network.Shape.LogitSharpness, goodness);
                return SoftmaxCrossEntropy.Forward(goodness, MethodCase.Labels);
            }, tolerance: 0.03);
        }
    }

    [Fact]
    public void No_error_of_local_learning_crosses_from_one_layer_to_another()
    {
        var of = new MethodCase();
        var method = new LocalLearning(of.Network, of.System, of.Twin, NoPenalty, TimeProvider.System);
        float[] before = of.OfLayer(0, of.Gradient(method));
        foreach (ref float theta in of.Network.Layers[1].Theta.Of(of.Network.Parameters)) { theta = 1 - theta; }
        of.Network.Parameters.AsSpan(of.Network.BeforeReadout).Fill(0.3f);
        Assert.Equal(before, of.OfLayer(0, of.Gradient(method)));
        Assert.NotEqual(before, of.OfLayer(0, of.Gradient(of.PhysicsAware())));
    }

    private static float[] ErrorOf(ForwardPass pass)
    {
        float[] error = new float[pass.Logits.Length];
        SoftmaxCrossEntropy.Gradient(pass.Logits, MethodCase.Labels, error);
        return error;
    }

    private static async Task<float[]> ProjectedErrorAsync(MethodCase of, int layer)
    {
        var pass = new ForwardPass(of.Network, TimeProvider.System);
        await pass.RunAsync(of.System, of.Batch.Features, MethodCase.Labels.Length, _ => 0, CancellationToken.None);
        float[] projected = new float[MethodCase.Labels.Length * TinyTask.Plan.Windows];
        new ErrorProjection([.. Enumerable.Repeat(TinyTask.Plan.Windows, 2)], 3, 7).Forward(layer, ErrorOf(pass), MethodCase.Labels.Length, projected);
        return projected;
    }

    // Central differences of any function of what a hidden layer carried, by every parameter of that layer.
    private static async Task DifferencesAgreeAsync(MethodCase of, int layer, float[] gradient, Func<float[], int, double> loss, double tolerance)
    {
        const float h = 0.004f;
        LayerParameters at = of.Network.Layers[layer];
        int[] parameters = [.. new[] { at.Theta, at.Actuators, at.Scale, at.Offset, at.Skip }.SelectMany(segment => Enumerable.Range(segment.Start, segment.Length))];
        float largest = gradient.Max(Math.Abs);
        Assert.True(largest > 0.01);
        for (int i = 0; i < parameters.Length; i++)
        {
            float middle = of.Network.Parameters[parameters[i]];
            of.Network.Parameters[parameters[i]] = middle + h;
            double up = loss(await CarriedAsync(of, layer), layer);
            of.Network.Parameters[parameters[i]] = middle - h;
            double down = loss(await CarriedAsync(of, layer), layer);
            of.Network.Parameters[parameters[i]] = middle;
            Assert.Equal((up - down) / (2 * h), gradient[i], (tolerance * largest) + 2e-4); // rounding 1e-6 over 8e-3; truncation in h²
        }
    }

    private static async Task<float[]> CarriedAsync(MethodCase of, int layer)
    {
        var pass = new ForwardPass(of.Network, TimeProvider.System);
        await pass.RunAsync(of.System, of.Batch.Features, MethodCase.Labels.Length, _ => 0, CancellationToken.None);
        return pass.Tapes[layer + 1].Input.ToArray();
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
