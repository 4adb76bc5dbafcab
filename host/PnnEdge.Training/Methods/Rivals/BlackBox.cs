using PnnEdge.Numerics.Losses;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>A network as methods without a twin see it: parameters in, loss out. What follows the last measurement is digital, so its gradient is exact.</summary>
internal sealed class BlackBox(PhysicalNetwork network, IPhysicalSystem system, RangePenalty penalty, TimeProvider time)
{
    private readonly ForwardPass _first = new(network, time);
    private readonly ForwardPass _replay = new(network, time);
    private float[] _dlogits = [];
    private float[] _dcarried = [];

    /// <summary>In <see cref="CostAsync"/> and <see cref="ReplayAsync"/> since <see cref="Start"/>.</summary>
    public TimeSpan SystemTime { get; private set; }

    /// <summary>Clamped slots in the last <see cref="CostAsync"/>.</summary>
    public int Clamped => _first.Clamped;

    public void Start() => SystemTime = TimeSpan.Zero;

    /// <summary>All layers, with the parameters as they are now.</summary>
    public async Task<Cost> CostAsync(MiniBatch batch, CancellationToken cancellation)
    {
        await _first.RunAsync(system, batch.Features, batch.Samples, batch.ShotsOfLayer, cancellation);
        return CostOf(_first, 0, batch);
    }

    /// <summary>From one layer on, as in the last <see cref="CostAsync"/> up to there.</summary>
    /// <returns>With the penalty of these layers alone.</returns>
    public async Task<Cost> ReplayAsync(int layer, MiniBatch batch, CancellationToken cancellation)
    {
        await _replay.ReplayAsync(system, _first, layer, batch.ShotsOfLayer, cancellation);
        return CostOf(_replay, layer, batch);
    }

    /// <summary>The range penalty of the last <see cref="CostAsync"/> from one layer on.</summary>
    public double PenaltyFrom(int layer) => PenaltyOf(_first, layer);

    /// <summary>Of the last <see cref="CostAsync"/>.</summary>
    /// <param name="gradient">[parameter]; the readout's share is added to.</param>
    public void AddReadoutGradient(MiniBatch batch, float[] gradient)
    {
        LayerTape.Grow(ref _dlogits, _first.Logits.Length);
        LayerTape.Grow(ref _dcarried, _first.Carried.Length);
        Span<float> dlogits = _dlogits.AsSpan(0, _first.Logits.Length);
        SoftmaxCrossEntropy.Gradient(_first.Logits, batch.Labels.Span, dlogits);
        network.ReadVjp(_first.Carried, batch.Samples, dlogits, _dcarried.AsSpan(0, _first.Carried.Length), gradient);
    }

    private Cost CostOf(ForwardPass pass, int fromLayer, MiniBatch batch)
    {
        SystemTime += pass.SystemTime;
        return new Cost(SoftmaxCrossEntropy.Forward(pass.Logits, batch.Labels.Span), PenaltyOf(pass, fromLayer));
    }

    private double PenaltyOf(ForwardPass pass, int fromLayer)
    {
        double sum = 0;
        for (int layer = fromLayer; layer < network.Shape.Layers; layer++) { sum += LayerPenalty.Value(penalty, network, layer, pass.Tapes[layer], pass.Shots); }
        return sum;
    }
}

/// <param name="Loss">Nats per sample.</param> <param name="Penalty">Same scale.</param>
internal readonly record struct Cost(double Loss, double Penalty)
{
    public double Total => Loss + Penalty;
}
