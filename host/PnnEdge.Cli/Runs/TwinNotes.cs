using System.Text;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>A twin's file with what it is a twin of: the layout of its shots, without which its inputs mean nothing.</summary>
internal static class TwinNotes
{
    private const string Task = "task";
    private const string Plan = "plan";
    private const string DriveRange = "drive_range_volts";

    public static void Save(string path, MlpTwin twin, ExperimentSettings settings)
    {
        TwinFile.Save(path, twin);
        NpzArchive archive = NpzArchive.Load(path);
        archive.Add(Task, Encoding.UTF8.GetBytes(settings.Task));
        archive.Add(Plan, PlanOf(settings));
        archive.Add(DriveRange, [settings.DriveRange.MinVolts, settings.DriveRange.MaxVolts]);
        archive.Save(path);
    }

    /// <returns>The twin, and the settings whose shots it models.</returns>
    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static (MlpTwin Twin, ExperimentSettings Settings) Load(string path)
    {
        MlpTwin twin = TwinFile.Load(path);
        NpzArchive archive = NpzArchive.Load(path);
        string task = Encoding.UTF8.GetString(archive.Get<byte>(Task));
        int[] plan = archive.Get<int>(Plan);
        float[] range = archive.Get<float>(DriveRange);
        if (!Defaults.Tasks.Contains(task) || plan.Length != 5 || range.Length != 2)
        {
            throw new InvalidDataException($"{path} does not say which shots its twin models.");
        }

        ExperimentSettings settings = Defaults.For(task) with
        {
            DataSlots = plan[0],
            ParameterSlots = plan[1],
            HoldSamples = plan[2],
            Windows = plan[3],
            WindowDelaySamples = plan[4],
            DriveRange = new(range[0], range[1]),
        };
        return twin.Outputs == settings.Windows && twin.Inputs >= settings.DataSlots + settings.ParameterSlots
            ? (twin, settings)
            : throw new InvalidDataException($"{path}: a twin of {twin.Inputs} inputs and {twin.Outputs} outputs does not model {settings.DataSlots} + {settings.ParameterSlots} slots and {settings.Windows} windows.");
    }

    private static int[] PlanOf(ExperimentSettings settings) =>
        [settings.DataSlots, settings.ParameterSlots, settings.HoldSamples, settings.Windows, settings.WindowDelaySamples];
}
