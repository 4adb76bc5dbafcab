using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Runs;

/// <summary>A twin's file with what it is a twin of: the experiment and the layout of its shots, without which its inputs mean nothing.</summary>
internal static class TwinNotes
{
    private const string Experiment = "experiment";

    public static void Save(string path, ITwin twin, ExperimentSettings settings)
    {
        if (twin is GreyBoxTwin greyBox) { GreyBoxFile.Save(path, greyBox); }
        else { TwinFile.Save(path, twin); }

        NpzArchive archive = NpzArchive.Load(path);
        archive.Add(Experiment, Encoding.UTF8.GetBytes(JsonText.Line(settings)));
        archive.Save(path);
    }

    /// <returns>The twin, and the settings whose shots it models.</returns>
    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static (ITwin Twin, ExperimentSettings Settings) Load(string path)
    {
        ExperimentSettings settings;
        try
        {
            settings = JsonText.Read<ExperimentSettings>(Encoding.UTF8.GetString(NpzArchive.Load(path).Get<byte>(Experiment)))
                ?? throw new InvalidDataException($"{path} does not say which shots its twin models.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} does not say which shots its twin models: {broken.Message.Split(" Path:")[0]}", broken);
        }

        ITwin twin = SeedTwin.Load(path, Benches.EquationsOf(settings.System));
        return twin.Outputs == settings.Shot.Windows && twin.Slots == settings.Plan().Slots
            ? (twin, settings)
            : throw new InvalidDataException($"{path}: a twin of {twin.Slots} slots and {twin.Outputs} outputs does not model {settings.Plan().Slots} slots and {settings.Shot.Windows} windows.");
    }
}
