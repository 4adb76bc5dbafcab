using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Recordings;

/// <summary>Passes everything on to another system and keeps every shot; <see cref="Save"/> writes them. Does not own the system.</summary>
public sealed class RecordingSystem(IPhysicalSystem system) : IPhysicalSystem
{
    private readonly List<RecordedShot> _shots = [];

    public SystemDescription Description => system.Description;

    public SystemUsage Usage => system.Usage;

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        Measurement measured = await system.RunAsync(stimulus, cancellation);
        int played = Description.StimulusSamples, sampled = Description.MeasurementSamples;
        for (int s = 0; s < stimulus.Shots; s++)
        {
            _shots.Add(new RecordedShot(
                stimulus.FirstShot + (ulong)s,
                stimulus.Volts.AsSpan(s * played, played).ToArray(), [.. stimulus.ActuatorVolts],
                measured.AppliedVolts.AsSpan(s * played, played).ToArray(), [.. measured.AppliedActuatorVolts],
                measured.Volts.AsSpan(s * sampled, sampled).ToArray()));
        }

        return measured;
    }

    public void Save(string path) => RecordingFile.Save(path, Description, _shots);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
