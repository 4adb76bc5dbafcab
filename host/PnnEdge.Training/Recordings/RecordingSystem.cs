using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Recordings;

/// <summary>Passes everything on to another system and keeps every shot; <see cref="Save"/> writes them. Does not own the system.</summary>
public sealed class RecordingSystem(IPhysicalSystem system) : IPhysicalSystem
{
    private readonly List<RecordedShot> _shots = [];
    private readonly Dictionary<ulong, List<RecordedShot>> _byIndex = [];

    public SystemDescription Description => system.Description;

    public SystemUsage Usage => system.Usage;

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        Measurement measured = await system.RunAsync(stimulus, cancellation);
        int played = Description.StimulusSamples, sampled = Description.MeasurementSamples;
        for (int s = 0; s < stimulus.Shots; s++)
        {
            Keep(new RecordedShot(
                stimulus.FirstShot + (ulong)s,
                stimulus.Volts.AsSpan(s * played, played).ToArray(), [.. stimulus.ActuatorVolts],
                measured.AppliedVolts.AsSpan(s * played, played).ToArray(), [.. measured.AppliedActuatorVolts],
                measured.Volts.AsSpan(s * sampled, sampled).ToArray()));
        }

        return measured;
    }

    public void Save(string path) => RecordingFile.Save(path, Description, _shots);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Keep(RecordedShot shot)
    {
        if (!_byIndex.TryGetValue(shot.Shot, out List<RecordedShot>? same)) { _byIndex[shot.Shot] = same = []; }
        if (same.Exists(known => known.Answers(shot.Stimulus, shot.Actuators))) { return; }
        same.Add(shot);
        _shots.Add(shot);
    }
}
