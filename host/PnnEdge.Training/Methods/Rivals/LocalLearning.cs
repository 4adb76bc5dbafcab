using PnnEdge.Numerics.Losses;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>
/// Forward-forward learning (Hinton, arXiv 2212.13345, 2022) on physical layers (Momeni et al., Science 382, 1297, 2023): every hidden layer has a loss of its
/// own and no error passes from layer to layer. Goodness is the mean square of a class's stretch of windows, and the loss asks it to be largest for
/// the right class, so no negative samples are needed (Papachristodoulou et al., AAAI 2024).
/// </summary>
/// <remarks>
/// In Momeni et al. trained weights follow the physics, whose slope is then not needed; here parameters go into the physics, so the slope of a single layer
/// comes from the twin. The last layer and the readout follow the network's own loss.
/// </remarks>
public sealed class LocalLearning : ITrainingMethod
{
    private readonly PhysicalNetwork _network;
    private readonly IPhysicalSystem _system;
    private readonly ITwin _twin;
    private readonly ForwardPass _pass;
    private readonly LayerReverse _reverse;
    private readonly float[] _edges;
    private readonly float[] _ones;
    private readonly float[] _zeros;
    private readonly float[] _unused;
    private float[] _goodness = [];
    private float[] _squares = [];
    private float[] _dsquares = [];
    private float[] _dgoodness = [];

    public LocalLearning(PhysicalNetwork network, IPhysicalSystem system, ITwin twin, RangePenalty penalty, TimeProvider time)
    {
        (_network, _system, _twin) = (network, system, twin);
        (_pass, _reverse) = (new ForwardPass(network, time), new LayerReverse(network, penalty, time));
        int classes = network.Shape.Classes;
        _edges = ClassReadout.EqualEdges(network.Shape.Carried, classes);
        (_ones, _zeros, _unused) = ([.. Enumerable.Repeat(1f, classes)], new float[classes], new float[classes]);
    }

    public long Passes(int samples) => (long)samples * _network.Shape.PassesPerSample;

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        int last = _network.Shape.Layers - 1;
        await _pass.RunAsync(_system, batch.Features, batch.Samples, batch.ShotsOfLayer, cancellation);
        double loss = _reverse.Start(_pass, batch.Labels.Span, gradient);
        _reverse.Through(_twin, last, _pass.Tapes[last], gradient);
        for (int layer = 0; layer < last; layer++)
        {
            LocalGradient(_pass.Tapes[layer + 1].Input, batch.Labels.Span); // what this layer carried is the next one's input
            _reverse.Through(_twin, layer, _pass.Tapes[layer], gradient);
        }

        return new GradientReport(loss, _reverse.Penalty, _pass.Clamped, _pass.SystemTime, _reverse.TwinTime);
    }

    /// <param name="carried">[shot, branch, window]; class slots, where there are any, were not passed on and stay out.</param>
    private void LocalGradient(ReadOnlySpan<float> carried, ReadOnlySpan<int> labels)
    {
        int shots = labels.Length, passedOn = carried.Length / shots, all = _network.Shape.Carried, classes = _network.Shape.Classes;
        LayerTape.Grow(ref _squares, shots * all);
        LayerTape.Grow(ref _dsquares, shots * all);
        LayerTape.Grow(ref _goodness, shots * classes);
        LayerTape.Grow(ref _dgoodness, shots * classes);
        Span<float> squares = _squares.AsSpan(0, shots * all), dsquares = _dsquares.AsSpan(0, shots * all);
        Span<float> goodness = _goodness.AsSpan(0, shots * classes), dgoodness = _dgoodness.AsSpan(0, shots * classes);
        squares.Clear();
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < passedOn; w++) { squares[(s * all) + w] = carried[(s * passedOn) + w] * carried[(s * passedOn) + w]; }
        }

        ClassReadout.Forward(squares, shots, _edges, _ones, _zeros, _network.Shape.LogitSharpness, goodness);
        SoftmaxCrossEntropy.Gradient(goodness, labels, dgoodness);
        ClassReadout.Vjp(squares, shots, _edges, _ones, _network.Shape.LogitSharpness, dgoodness, dsquares, [], _unused, _unused);
        Span<float> dcarried = _reverse.Carried;
        dcarried.Clear();
        for (int s = 0; s < shots; s++)
        {
            for (int w = 0; w < passedOn; w++) { dcarried[(s * all) + w] = 2 * carried[(s * passedOn) + w] * dsquares[(s * all) + w]; }
        }
    }
}
