using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>
/// Dual adaptive training (Zheng et al., Nat. Mach. Intell. 5, 1119, 2023): every step first teaches an error network what the model of the physics
/// missed in this very forward pass, then goes backward through both. No shot is spent on a twin beforehand.
/// </summary>
/// <remarks>In the paper the error network is a U-Net on optical fields; here a perceptron on the windows.</remarks>
public sealed class DualAdaptive(PhysicalNetwork network, IPhysicalSystem system, ErrorTwin twin, RangePenalty penalty, TimeProvider time) : ITrainingMethod
{
    private readonly PhysicsAware _inner = new(network, system, twin, penalty, time) { Measured = twin.Learn };

    public long Passes(int samples) => _inner.Passes(samples);

    public Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation) => _inner.GradientAsync(batch, gradient, cancellation);
}
