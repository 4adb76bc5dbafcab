using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins.Noise;

/// <summary>A twin in the place of a physical system, with noise drawn as a noise twin says: what noise-aware training in silico trains against.</summary>
/// <remarks>A shot's noise is a function of the seed and its logical index, as a bench's is. All samples of a window get the same draw, which is the window's.</remarks>
public sealed class NoisyTwinSystem : IPhysicalSystem
{
    private readonly TwinSystem _quiet;
    private readonly NoiseTwin _noise;
    private readonly SlotPlan _plan;
    private readonly ulong _seed;
    private float[] _applied = [];
    private float[] _sigma = [];

    /// <exception cref="ArgumentException">The two twins are not of the same shots.</exception>
    public NoisyTwinSystem(ITwin twin, NoiseTwin noise, SlotPlan plan, SystemDescription modelled, ulong seed)
    {
        (_noise, _plan, _seed) = (noise, plan, seed);
        _quiet = new TwinSystem(twin, plan, modelled);
        Description = _quiet.Description with { Name = $"noisy {_quiet.Description.Name}" };
        if (noise.LogSigma.Slots != twin.Slots || noise.Actuators != twin.Actuators || noise.LogSigma.Outputs != twin.Outputs)
        {
            throw new ArgumentException(
                $"The noise twin is of {noise.LogSigma.Slots} slots, {noise.Actuators} actuators and {noise.LogSigma.Outputs} windows; the twin is of {twin.Slots}, {twin.Actuators} and {twin.Outputs}.",
                nameof(noise));
        }
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => _quiet.Usage;

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        Measurement measurement = await _quiet.RunAsync(stimulus, cancellation);
        int shots = measurement.Shots, samples = Description.MeasurementSamples;
        if (_applied.Length < shots * _plan.Slots) { (_applied, _sigma) = (new float[shots * _plan.Slots], new float[shots * _plan.Windows]); }
        AppliedSlots.Forward(measurement, _plan, _applied.AsSpan(0, shots * _plan.Slots));
        _noise.Sigma(_applied.AsSpan(0, shots * _plan.Slots), measurement.AppliedActuatorVolts, shots, _sigma.AsSpan(0, shots * _plan.Windows));
        for (int s = 0; s < shots; s++)
        {
            var random = new SeededRandom(stimulus.FirstShot + (ulong)s, stream: 0x4015E + _seed);
            for (int w = 0; w < _plan.Windows; w++)
            {
                float noise = _sigma[(s * _plan.Windows) + w] * (float)random.NextNormal();
                foreach (ref float volts in measurement.Volts.AsSpan((s * samples) + _plan.WindowStart(w), _plan.WindowStart(w + 1) - _plan.WindowStart(w))) { volts += noise; }
            }
        }

        return measurement;
    }

    public ValueTask DisposeAsync() => _quiet.DisposeAsync();
}
