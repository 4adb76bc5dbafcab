using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Recordings;

/// <summary>A perceptron twin as arrays.</summary>
internal static class PerceptronArchive
{
    public static NpzArchive Write(MlpTwin twin)
    {
        var archive = new NpzArchive();
        archive.Add("widths", [.. twin.Widths]);
        archive.Add("parameters", twin.Parameters);
        archive.Add("actuators", [twin.Actuators]);
        if (twin.Field is ReceptiveField field) { archive.Add("receptive_field", [field.Slots, field.Actuators, field.Windows, field.MemorySlots]); }
        TwinFile.AddScale(archive, twin.Scale);
        return archive;
    }

    /// <exception cref="InvalidDataException">One sentence: what does not fit together.</exception>
    public static MlpTwin Read(NpzArchive archive, string path)
    {
        int[] widths = archive.Get<int>("widths");
        float[] parameters = archive.Get<float>("parameters");
        long expected = 0;
        for (int l = 0; l + 1 < widths.Length; l++) { expected += (widths[l] + 1L) * widths[l + 1]; }
        if (widths.Length < 2 || widths.Any(width => width < 1) || expected != parameters.Length || !parameters.All(float.IsFinite))
        {
            throw new InvalidDataException($"{path} holds a twin of widths {string.Join("-", widths)} with {parameters.Length} parameters; they do not fit together.");
        }

        TwinScale scale = TwinFile.ScaleOf(archive, widths[0], widths[^1], path);
        ReceptiveField? field = FieldOf(archive, widths, path);
        int[] actuators = archive.Get<int>("actuators");
        if (actuators.Length != 1 || actuators[0] < 0 || actuators[0] >= (field?.ShotInputs ?? widths[0]) || (field is not null && field.Actuators != actuators[0]))
        {
            throw new InvalidDataException($"{path} holds a twin whose actuators ({string.Join(", ", actuators)}) do not fit its {widths[0]} inputs.");
        }

        var twin = new MlpTwin(scale, widths[1..^1], seed: 0, actuators[0], field);
        parameters.CopyTo(twin.Parameters.AsSpan());
        return twin;
    }

    private static ReceptiveField? FieldOf(NpzArchive archive, int[] widths, string path)
    {
        if (!archive.Names.Contains("receptive_field")) { return null; }
        int[] f = archive.Get<int>("receptive_field");
        bool sound = f.Length == 4 && f[0] > 0 && f[1] >= 0 && f[2] > 0 && f[0] % f[2] == 0 && f[3] >= f[0] / f[2] && f[3] <= 1_000_000
            && widths[0] == f[3] + f[1] + 1 && widths[^1] == 1;
        return sound
            ? new ReceptiveField(f[0], f[1], f[2], f[3])
            : throw new InvalidDataException($"{path} holds a twin of widths {string.Join("-", widths)} whose receptive field ({string.Join(", ", f)}) does not fit.");
    }
}
