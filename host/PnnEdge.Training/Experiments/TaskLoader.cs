using PnnEdge.Training.Data;

namespace PnnEdge.Training.Experiments;

/// <summary>A task's samples, split and scaled as its settings say.</summary>
public static class TaskLoader
{
    public const string Vowels = "vowels";
    public const string Mnist = "mnist";
    public const string Generated = "generated";

    public static IReadOnlyList<string> Tasks { get; } = [Vowels, Mnist, Generated];

    /// <exception cref="FileNotFoundException">A data file is not there.</exception>
    /// <exception cref="InvalidDataException">A data file is not what it should be.</exception>
    public static TaskData Load(ExperimentSettings settings, DataFolder folder, ulong seed)
    {
        int side = settings.Data.ImageSide;
        (Dataset all, Dataset test) = settings.Task switch
        {
            Vowels => VowelsCsv.Read(folder.Require(KnownFiles.Vowels)),
            Generated => GeneratedFormants.Create(seed: 1),
            Mnist => (
                MnistIdx.Read(folder.Require(KnownFiles.MnistTrainImages), folder.Require(KnownFiles.MnistTrainLabels), "mnist train", side),
                MnistIdx.Read(folder.Require(KnownFiles.MnistTestImages), folder.Require(KnownFiles.MnistTestLabels), "mnist test", side, settings.Data.TestLimit)),
            _ => throw new ArgumentException($"There is no task {settings.Task}; there are {string.Join(", ", Tasks)}."),
        };
        (Dataset train, Dataset validation) = Splitting.Stratified(
            all, settings.Data.ValidationShare, seed, $"{settings.Task} train", $"{settings.Task} validation", settings.Data.TrainLimit);
        var data = new TaskData(train, validation, test);
        return settings.Data.ScaleFeatures ? FeatureScaling.ToTrainRange(data) : data;
    }

    /// <summary>Features and classes, without reading a file.</summary>
    internal static (int Features, int Classes) SizesOf(ExperimentSettings settings) => settings.Task switch
    {
        Mnist => (settings.Data.ImageSide * settings.Data.ImageSide, 10),
        _ => (VowelsCsv.FeatureCount, VowelsCsv.ClassNames.Count), // generated formants have the vowels' sizes
    };
}
