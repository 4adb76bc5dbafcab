using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>All parameters are moved at once, each up or down at random, and the change of the loss is shared out among them; no twin.</summary>
/// <remarks>
/// Two-sided with one direction it is SPSA (Spall, IEEE Trans. Autom. Control 37, 332, 1992). One-sided with several directions around one
/// reference it is multiplexed gradient descent (McCaughan et al., APL Mach. Learn. 1, 026118, 2023, with ±1 codes and an update every
/// <paramref name="directions"/> of them). The readout is digital: its gradient is exact.
/// </remarks>
/// <param name="perturbation">How far each parameter is moved, in its units.</param>
/// <param name="directions">Averaged in one gradient.</param>
public sealed class SimultaneousPerturbation(
    PhysicalNetwork network, IPhysicalSystem system, RangePenalty penalty, float perturbation, int directions, bool twoSided, ulong seed, TimeProvider time)
    : ITrainingMethod
{
    private readonly BlackBox _box = new(network, system, penalty, time);
    private readonly SeededRandom _random = new(seed, stream: 0x5B5A);
    private readonly float[] _here = new float[network.Parameters.Length];
    private readonly float[] _sign = new float[network.BeforeReadout];

    public long Passes(int samples) => (long)samples * network.Shape.PassesPerSample * (twoSided ? 2 * directions : directions + 1);

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        Array.Clear(gradient);
        _box.Start();
        network.Parameters.CopyTo(_here, 0);
        Cost here = default;
        int clamped = 0, readouts = 0;
        try
        {
            if (!twoSided) { here = await MovedAsync(0); }
            for (int d = 0; d < directions; d++)
            {
                foreach (ref float sign in _sign.AsSpan()) { sign = _random.NextSingle() < 0.5f ? -1 : 1; }
                Cost up = await MovedAsync(perturbation), other = twoSided ? await MovedAsync(-perturbation) : here;
                double slope = (up.Total - other.Total) / ((twoSided ? 2.0 : 1.0) * perturbation * directions);
                for (int i = 0; i < _sign.Length; i++) { gradient[i] += (float)(slope * _sign[i]); }
                if (twoSided) { here = new Cost(here.Loss + ((up.Loss + other.Loss) / (2 * directions)), here.Penalty + ((up.Penalty + other.Penalty) / (2 * directions))); }
            }
        }
        finally
        {
            _here.CopyTo(network.Parameters, 0);
        }

        for (int i = network.BeforeReadout; i < gradient.Length; i++) { gradient[i] /= readouts; }
        return new GradientReport(here.Loss, here.Penalty, clamped, _box.SystemTime, TimeSpan.Zero);

        // Where all have moved by so much along the signs; the readout's gradient is taken wherever the reference is.
        async Task<Cost> MovedAsync(float by)
        {
            for (int i = 0; i < _sign.Length; i++) { network.Parameters[i] = _here[i] + (by * _sign[i]); }
            Cost cost = await _box.CostAsync(batch, cancellation);
            if (twoSided || by == 0)
            {
                (clamped, readouts) = (_box.Clamped, readouts + 1);
                _box.AddReadoutGradient(batch, gradient);
            }

            return cost;
        }
    }
}
