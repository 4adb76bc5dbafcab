using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Hybrid;

/// <summary>A played batch in torch's graph: its value is the measurement, its reverse the twin's.</summary>
/// <remarks>
/// The physics has been played before: torch calls the reverse from native code, where an exception would end the process. There it is kept
/// for <see cref="PhysicalLayer"/> to throw, and the gradient is NaN, so that no optimizer can take it for one.
/// </remarks>
internal sealed class PhysicalPass : autograd.SingleTensorFunction<PhysicalPass>
{
    private const string Batch = "batch", Layer = "layer";

    public override string Name => nameof(PhysicalPass);

    /// <param name="vars">Unit, θ, actuators (tensors), then the batch they led to and its layer.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var batch = (PlayedBatch)vars[3];
        ctx.save_data(Batch, batch);
        ctx.save_data(Layer, vars[4]);
        return TensorRows.Of(batch.Played.Windows, batch.Played.Shots);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var batch = (PlayedBatch)ctx.get_data(Batch);
        (float[] unit, float[] theta, float[] actuators) = ((PhysicalLayer)ctx.get_data(Layer)).Reverse(batch, TensorRows.ToArray(grad_output));
        return [TensorRows.Of(unit, batch.Played.Shots), tensor(theta), tensor(actuators), null!, null!];
    }
}
