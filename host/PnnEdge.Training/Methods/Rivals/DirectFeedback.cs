using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>
/// Direct feedback alignment (Nøkland, NeurIPS 2016): the output's error reaches every hidden layer through a fixed random matrix instead of the layers
/// behind it. Each layer's own slope still comes from the twin; the last layer's gradient is exact.
/// </summary>
public sealed class DirectFeedback(PhysicalNetwork network, IPhysicalSystem system, ITwin twin, RangePenalty penalty, ulong seed, TimeProvider time) : ITrainingMethod
{
    private readonly ForwardPass _pass = new(network, time);
    private readonly LayerReverse _reverse = new(network, penalty, time);
    private readonly ErrorProjection _projection = new(
        [.. Enumerable.Repeat(network.Shape.Carried, network.Shape.Layers - 1)], network.Shape.Classes, seed);

    public long Passes(int samples) => (long)samples * network.Shape.PassesPerSample;

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        int shots = batch.Samples, last = network.Shape.Layers - 1;
        await _pass.RunAsync(system, batch.Features, shots, batch.ShotsOfLayer, cancellation);
        double loss = _reverse.Start(_pass, batch.Labels.Span, gradient);
        _reverse.Through(twin, last, _pass.Tapes[last], gradient);
        for (int layer = 0; layer < last; layer++)
        {
            _projection.Forward(layer, _reverse.Logits, shots, _reverse.Carried);
            _reverse.Through(twin, layer, _pass.Tapes[layer], gradient);
        }

        return new GradientReport(loss, _reverse.Penalty, _pass.Clamped, _pass.SystemTime, _reverse.TwinTime);
    }
}
