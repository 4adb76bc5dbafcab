using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Recordings;

/// <summary>Answers from recorded shots. It knows what was recorded and nothing else; anything else is refused.</summary>
public sealed class RecordedSystem : IPhysicalSystem
{
    private readonly Dictionary<ulong, List<RecordedShot>> _byIndex;
    private readonly string _path;
    private long _passes;

    private RecordedSystem(string path, SystemDescription description, IReadOnlyList<RecordedShot> shots)
    {
        (_path, Description) = (path, description);
        _byIndex = shots.GroupBy(shot => shot.Shot).ToDictionary(same => same.Key, same => same.ToList());
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => new(_passes, 0, 0, 0, 0);

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static RecordedSystem Open(string path)
    {
        (SystemDescription description, IReadOnlyList<RecordedShot> shots) = RecordingFile.Load(path);
        return new RecordedSystem(path, description, shots);
    }

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        StimulusGuard.Require(Description, stimulus);
        int played = Description.StimulusSamples, sampled = Description.MeasurementSamples;
        var measurement = new Measurement(
            stimulus.FirstShot, stimulus.Shots, new float[stimulus.Volts.Length], new float[Description.ActuatorCount], new float[stimulus.Shots * sampled]);
        for (int s = 0; s < stimulus.Shots; s++)
        {
            RecordedShot shot = Find(stimulus.FirstShot + (ulong)s, stimulus.Volts.AsSpan(s * played, played), stimulus.ActuatorVolts);
            shot.Applied.CopyTo(measurement.AppliedVolts, s * played);
            shot.Measured.CopyTo(measurement.Volts, s * sampled);
            shot.AppliedActuators.CopyTo(measurement.AppliedActuatorVolts, 0);
        }

        _passes += stimulus.Shots;
        return Task.FromResult(measurement);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RecordedShot Find(ulong index, ReadOnlySpan<float> volts, ReadOnlySpan<float> actuators)
    {
        if (!_byIndex.TryGetValue(index, out List<RecordedShot>? same))
        {
            throw new PhysicalSystemException($"Shot {index} was not recorded in {_path}; a recording replays only its own shots.");
        }

        foreach (RecordedShot shot in same)
        {
            if (shot.Answers(volts, actuators)) { return shot; }
        }

        throw new PhysicalSystemException($"Shot {index} was recorded in {_path} with other volts than asked; a recording replays only its own shots.");
    }
}
