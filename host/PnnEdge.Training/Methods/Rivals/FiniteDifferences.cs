using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>Every parameter is moved on its own, and the loss played again from its layer on; no twin. The readout is digital: its gradient is exact.</summary>
/// <remarks>Forward differences, (L(θ + h) − L(θ))/h: central ones cost twice as much (Dennis and Schnabel, Numerical Methods, 1983, section 5.4).</remarks>
/// <param name="perturbation">h, in units of the parameters.</param>
public sealed class FiniteDifferences(PhysicalNetwork network, IPhysicalSystem system, RangePenalty penalty, float perturbation, TimeProvider time) : ITrainingMethod
{
    private readonly BlackBox _box = new(network, system, penalty, time);

    public long Passes(int samples)
    {
        long layers = network.Shape.Layers;
        for (int layer = 0; layer < network.Shape.Layers; layer++) { layers += (long)SegmentsOf(layer).Sum(segment => segment.Length) * (network.Shape.Layers - layer); }
        return layers * network.Shape.Branches * samples;
    }

    public async Task<GradientReport> GradientAsync(MiniBatch batch, float[] gradient, CancellationToken cancellation)
    {
        Array.Clear(gradient);
        _box.Start();
        Cost here = await _box.CostAsync(batch, cancellation);
        int clamped = _box.Clamped;
        _box.AddReadoutGradient(batch, gradient);
        for (int layer = 0; layer < network.Shape.Layers; layer++)
        {
            double before = here.Loss + _box.PenaltyFrom(layer);
            foreach (ParameterSegment segment in SegmentsOf(layer))
            {
                for (int i = segment.Start; i < segment.Start + segment.Length; i++)
                {
                    gradient[i] = (float)((await MovedAsync(i, layer) - before) / perturbation);
                }
            }
        }

        return new GradientReport(here.Loss, here.Penalty, clamped, _box.SystemTime, TimeSpan.Zero);

        async Task<double> MovedAsync(int parameter, int layer)
        {
            float at = network.Parameters[parameter];
            try
            {
                network.Parameters[parameter] = at + perturbation;
                return (await _box.ReplayAsync(layer, batch, cancellation)).Total;
            }
            finally
            {
                network.Parameters[parameter] = at;
            }
        }
    }

    private IEnumerable<ParameterSegment> SegmentsOf(int layer)
    {
        LayerParameters at = network.Layers[layer];
        return [at.Theta, at.Actuators, at.Weight, at.Scale, at.Offset, at.Skip];
    }
}
