using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <summary>A twin in the place of a physical system: what training in silico trains against. Noise-free, without converter steps.</summary>
public sealed class TwinSystem(ITwin twin, SlotPlan plan, SystemDescription modelled) : IPhysicalSystem
{
    private float[] _applied = [];
    private float[] _windows = [];
    private long _passes;

    public SystemDescription Description { get; } = modelled with { Name = $"twin of {modelled.Name}", Simulated = true, StimulusStepVolts = 0 };

    public SystemUsage Usage => new(_passes, 0, 0, 0, 0);

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        StimulusGuard.Require(Description, stimulus);
        int shots = stimulus.Shots;
        var measurement = new Measurement(
            stimulus.FirstShot, shots, stimulus.Volts, stimulus.ActuatorVolts, new float[shots * Description.MeasurementSamples]);
        if (_applied.Length < shots * twin.Slots) { _applied = new float[shots * twin.Slots]; }
        if (_windows.Length < shots * twin.Outputs) { _windows = new float[shots * twin.Outputs]; }
        AppliedSlots.Forward(measurement, plan, _applied.AsSpan(0, shots * twin.Slots));
        twin.Forward(_applied.AsSpan(0, shots * twin.Slots), measurement.AppliedActuatorVolts, shots, _windows.AsSpan(0, shots * twin.Outputs));
        for (int s = 0; s < shots; s++)
        {
            Span<float> shot = measurement.Volts.AsSpan(s * Description.MeasurementSamples, Description.MeasurementSamples);
            for (int w = 0; w < plan.Windows; w++) { shot[plan.WindowStart(w)..plan.WindowStart(w + 1)].Fill(_windows[(s * plan.Windows) + w]); }
        }

        _passes += shots;
        return Task.FromResult(measurement);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
