using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Recordings;

/// <summary>Shots that were played once and kept, for fitting and testing twins without their bench.</summary>
public sealed class RecordedShots
{
    private readonly string _path;
    private readonly IReadOnlyList<RecordedShot> _shots;

    private RecordedShots(string path, SystemDescription description, IReadOnlyList<RecordedShot> shots) =>
        (_path, Description, _shots) = (path, description, shots);

    /// <summary>Of the system that played them.</summary>
    public SystemDescription Description { get; }

    public int Count => _shots.Count;

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static RecordedShots Load(string path)
    {
        (SystemDescription description, IReadOnlyList<RecordedShot> shots) = RecordingFile.Load(path);
        return new RecordedShots(path, description, shots);
    }

    /// <summary>The first shots as a twin sees them, in the order played: a call ends when it is full, or where the actuators change.</summary>
    /// <exception cref="ArgumentException">The shots are too few, or not laid out as the plan's are.</exception>
    public ShotSet ToShotSet(SlotPlan plan, int shots, int shotsPerCall)
    {
        if (shots > Count) { throw new ArgumentException($"Asked for {shots} shots; {_path} has {Count}.", nameof(shots)); }
        RequireLaidOutAs(plan, shots);
        var set = new ShotSet();
        for (int first = 0, end; first < shots; first = end)
        {
            end = first + 1;
            while (end < Math.Min(first + shotsPerCall, shots) && _shots[end].AppliedActuators.AsSpan().SequenceEqual(_shots[first].AppliedActuators)) { end++; }
            RecordedShot[] call = [.. _shots.Skip(first).Take(end - first)];
            set.Add(new Measurement(
                call[0].Shot, call.Length, [.. call.SelectMany(shot => shot.Applied)], call[0].AppliedActuators, [.. call.SelectMany(shot => shot.Measured)]), plan);
        }

        return set;
    }

    private void RequireLaidOutAs(SlotPlan plan, int shots)
    {
        ShotShape shape = plan.Shot;
        if (Description.StimulusSamples != shape.StimulusSamples || Description.MeasurementSamples != shape.MeasurementSamples)
        {
            throw new ArgumentException(
                $"The experiment plays {shape.StimulusSamples} and measures {shape.MeasurementSamples} samples per shot; a shot in {_path} has {Description.StimulusSamples} and {Description.MeasurementSamples}.");
        }

        // As many samples, but longer slots: their means would be volts that nothing was driven by.
        for (int s = 0; s < shots; s++)
        {
            for (int slot = 0; slot < plan.Slots; slot++)
            {
                ReadOnlySpan<float> held = _shots[s].Stimulus.AsSpan(slot * plan.HoldSamples, plan.HoldSamples);
                if (held.ContainsAnyExcept(held[0]))
                {
                    throw new ArgumentException($"The experiment holds every slot for {plan.HoldSamples} samples; slot {slot} of shot {_shots[s].Shot} in {_path} changes within them.");
                }
            }
        }
    }
}
