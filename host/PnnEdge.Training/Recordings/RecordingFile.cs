using System.Text.Json;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Recordings;

/// <summary>Recorded shots on disk, as a NumPy archive: what was asked, what was applied, what was measured.</summary>
/// <remarks>
/// Arrays: description (UTF-8 JSON, u1), shot (u8 [n]), stimulus and applied (f4 [n, sample], V), actuators and applied_actuators
/// (f4 [n, actuator], V), measured (f4 [n, sample], V).
/// </remarks>
internal static class RecordingFile
{
    private static readonly string[] Arrays = ["description", "shot", "stimulus", "actuators", "applied", "applied_actuators", "measured"];

    public static void Save(string path, SystemDescription description, IReadOnlyList<RecordedShot> shots)
    {
        int n = shots.Count, actuators = description.ActuatorCount;
        var archive = new NpzArchive();
        archive.Add("description", JsonSerializer.SerializeToUtf8Bytes(description));
        archive.Add("shot", [.. shots.Select(shot => shot.Shot)]);
        archive.Add("stimulus", [.. shots.SelectMany(shot => shot.Stimulus)], n, description.StimulusSamples);
        archive.Add("actuators", [.. shots.SelectMany(shot => shot.Actuators)], n, actuators);
        archive.Add("applied", [.. shots.SelectMany(shot => shot.Applied)], n, description.StimulusSamples);
        archive.Add("applied_actuators", [.. shots.SelectMany(shot => shot.AppliedActuators)], n, actuators);
        archive.Add("measured", [.. shots.SelectMany(shot => shot.Measured)], n, description.MeasurementSamples);
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static (SystemDescription Description, IReadOnlyList<RecordedShot> Shots) Load(string path)
    {
        NpzArchive archive = NpzArchive.Load(path);
        if (Arrays.FirstOrDefault(name => !archive.Names.Contains(name)) is string missing)
        {
            throw new InvalidDataException($"{path} is not a recording: it has no array {missing}.");
        }

        SystemDescription description;
        try
        {
            description = JsonSerializer.Deserialize<SystemDescription>(archive.Get<byte>("description"))
                ?? throw new InvalidDataException($"{path} describes no system.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} describes its system in JSON that cannot be read: {broken.Message}", broken);
        }

        if (description.Name is null || description.Actuators is null || description.StimulusSamples < 1 || description.MeasurementSamples < 1)
        {
            throw new InvalidDataException($"{path} describes a system without a name, samples or actuators.");
        }

        ulong[] index = archive.Get<ulong>("shot");
        int n = index.Length, samples = description.StimulusSamples, measured = description.MeasurementSamples, actuators = description.ActuatorCount;
        float[] stimulus = Rows("stimulus", samples), applied = Rows("applied", samples), measuredVolts = Rows("measured", measured);
        float[] set = Rows("actuators", actuators), appliedSet = Rows("applied_actuators", actuators);
        return (description, [.. Enumerable.Range(0, n).Select(i => new RecordedShot(
            index[i], Row(stimulus, i, samples), Row(set, i, actuators), Row(applied, i, samples), Row(appliedSet, i, actuators), Row(measuredVolts, i, measured)))]);

        float[] Rows(string name, int columns)
        {
            int[] shape = archive.ShapeOf(name);
            if (shape is not [int rows, int found] || rows != n || found != columns)
            {
                throw new InvalidDataException($"{path}: {name} has the shape ({string.Join(", ", shape)}); {n} shots of {columns} are described.");
            }

            float[] volts = archive.Get<float>(name);
            int odd = Array.FindIndex(volts, volt => !float.IsFinite(volt));
            return odd < 0 ? volts : throw new InvalidDataException($"{path}: {name} of shot {index[odd / columns]} has {volts[odd]} for a voltage.");
        }

        static float[] Row(float[] rows, int i, int columns) => rows.AsSpan(i * columns, columns).ToArray();
    }
}

/// <param name="Shot">Logical index.</param>
/// <param name="Stimulus">[sample], V, as asked.</param> <param name="Actuators">[actuator], V, as asked.</param>
/// <param name="Applied">[sample], V.</param> <param name="AppliedActuators">[actuator], V.</param>
/// <param name="Measured">[sample], V.</param>
internal sealed record RecordedShot(ulong Shot, float[] Stimulus, float[] Actuators, float[] Applied, float[] AppliedActuators, float[] Measured);
