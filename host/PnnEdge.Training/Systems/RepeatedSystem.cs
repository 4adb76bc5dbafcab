namespace PnnEdge.Training.Systems;

/// <summary>Repeated readout: every shot played so often in a row, its readings averaged. White noise falls with √repeats, drift does not. Does not own the system.</summary>
public sealed class RepeatedSystem(IPhysicalSystem system, int repeats) : IPhysicalSystem
{
    private readonly int _repeats = repeats >= 1
        ? repeats
        : throw new ArgumentOutOfRangeException(nameof(repeats), $"Asked to read every shot {repeats} times; it is read at least once.");

    public SystemDescription Description => system.Description;

    /// <summary>Every repeat is a pass.</summary>
    public SystemUsage Usage => system.Usage;

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        if (_repeats == 1) { return await system.RunAsync(stimulus, cancellation); }
        StimulusGuard.Require(Description, stimulus);
        int played = Description.StimulusSamples, read = Description.MeasurementSamples;
        float[] volts = new float[stimulus.Volts.Length * _repeats];
        for (int s = 0; s < stimulus.Shots; s++)
        {
            for (int r = 0; r < _repeats; r++) { stimulus.Volts.AsSpan(s * played, played).CopyTo(volts.AsSpan(((s * _repeats) + r) * played)); }
        }

        Measurement all = await system.RunAsync(
            new Stimulus(ShotIndex.Repeated(stimulus.FirstShot, _repeats), stimulus.Shots * _repeats, volts, stimulus.ActuatorVolts), cancellation);
        float[] applied = new float[stimulus.Volts.Length], mean = new float[stimulus.Shots * read];
        for (int s = 0; s < stimulus.Shots; s++)
        {
            all.AppliedVolts.AsSpan(s * _repeats * played, played).CopyTo(applied.AsSpan(s * played));
            for (int i = 0; i < read; i++)
            {
                double sum = 0;
                for (int r = 0; r < _repeats; r++) { sum += all.Volts[(((s * _repeats) + r) * read) + i]; }
                mean[(s * read) + i] = (float)(sum / _repeats);
            }
        }

        return new Measurement(stimulus.FirstShot, stimulus.Shots, applied, all.AppliedActuatorVolts, mean);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
