using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods;

/// <summary>
/// Physics-aware training (Wright et al., Nature 601, 549, 2022): forward through the physics, loss on what was measured, backward through the twin
/// at what was really applied. With a <see cref="TwinSystem"/> as the system, the same lines train in silico.
/// </summary>
public sealed class PhysicsAware(PhysicalNetwork network, IPhysicalSystem system, ITwin twin, RangePenalty penalty, TimeProvider time) : ITrainingMethod
{
    private readonly ForwardPass _pass = new(network, time);
    private readonly LayerReverse _reverse = new(network, penalty, time);

    /// <summary>[layer], of the last gradient: what a twin can follow its system by.</summary>
    public IReadOnlyList<LayerTape> Tapes => _pass.Tapes;

    /// <summary>Told between forward and backward; its time counts as the twin's.</summary>
    internal Action<IReadOnlyList<LayerTape>>? Measured { get; init; }

    public long Passes(int samples) => (long)samples * network.Shape.PassesPerSample;

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        await _pass.RunAsync(system, batch.Features, batch.Samples, batch.ShotsOfLayer, cancellation); // forward: the physics, layer after layer

        long measuredAt = time.GetTimestamp();
        Measured?.Invoke(_pass.Tapes);
        TimeSpan followed = time.GetElapsedTime(measuredAt);
        double loss = _reverse.Start(_pass, batch.Labels.Span, gradient);                      // on the measurement: a twin here would train the model, not the hardware
        for (int layer = network.Shape.Layers - 1; layer >= 0; layer--)
        {
            _reverse.Through(twin, layer, _pass.Tapes[layer], gradient);                       // backward: the twin, at what was really applied
            if (layer > 0) { _reverse.PassOn(layer); }
        }

        return new GradientReport(loss, _reverse.Penalty, _pass.Clamped, _pass.SystemTime, _reverse.TwinTime + followed);
    }
}
