using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>
/// Sharpness-aware training (Foret et al., ICLR 2021, equation 4; for physical networks Xu et al., arXiv 2411.12352): the gradient is taken not where the
/// parameters are but a radius ρ up the slope from there, so flat minima win, which another unit or a drift moves less.
/// </summary>
/// <param name="inner">Physics-aware training; asked twice a step.</param>
/// <param name="radius">ρ, Euclidean, in units of the parameters.</param>
public sealed class SharpnessAware(PhysicalNetwork network, ITrainingMethod inner, float radius) : ITrainingMethod
{
    private readonly float[] _here = new float[network.Parameters.Length];

    public long Passes(int samples) => 2 * inner.Passes(samples);

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        GradientReport here = await inner.GradientAsync(batch, gradient, cancellation);
        double norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
        if (!(norm > 0 && double.IsFinite(norm))) { return here; } // no slope to climb; the step refuses what is not finite
        float scale = (float)(radius / norm);
        network.Parameters.CopyTo(_here, 0);
        try
        {
            for (int i = 0; i < gradient.Length; i++) { network.Parameters[i] += scale * gradient[i]; }
            GradientReport above = await inner.GradientAsync(batch, gradient, cancellation);
            return here with { SystemTime = here.SystemTime + above.SystemTime, TwinTime = here.TwinTime + above.TwinTime, ClampedSlots = (here.ClampedSlots + above.ClampedSlots) / 2 };
        }
        finally
        {
            _here.CopyTo(network.Parameters, 0);
        }
    }
}
