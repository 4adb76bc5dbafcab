using PnnEdge.Training.Data;

namespace PnnEdge.Training.Experiments;

/// <summary>A task's samples, split and scaled as its settings say.</summary>
public static class TaskLoader
{
    /// <exception cref="FileNotFoundException">A data file is not there.</exception>
    /// <exception cref="InvalidDataException">A data file is not what it should be.</exception>
    public static TaskData Load(ExperimentSettings settings, DataFolder folder, ulong seed)
    {
        (Dataset all, Dataset test) = settings.Task switch
        {
            Defaults.VowelsTask => VowelsCsv.Read(folder.Require(KnownFiles.Vowels)),
            Defaults.GeneratedTask => GeneratedFormants.Create(seed: 1),
            Defaults.MnistTask => (
                MnistIdx.Read(folder.Require(KnownFiles.MnistTrainImages), folder.Require(KnownFiles.MnistTrainLabels), "mnist train"),
                MnistIdx.Read(folder.Require(KnownFiles.MnistTestImages), folder.Require(KnownFiles.MnistTestLabels), "mnist test", settings.TestLimit)),
            _ => throw new ArgumentException($"There is no task {settings.Task}; there are {string.Join(", ", Defaults.Tasks)}."),
        };
        (Dataset train, Dataset validation) = Splitting.Stratified(
            all, settings.ValidationShare, seed, $"{settings.Task} train", $"{settings.Task} validation", settings.TrainLimit);
        var data = new TaskData(train, validation, test);
        return settings.ScaleFeatures ? FeatureScaling.ToTrainRange(data) : data;
    }
}
