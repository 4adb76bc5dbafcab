using PnnEdge.Training.Files;

namespace PnnEdge.Training.Experiments;

/// <summary>Experiment files: YAML, one record per section, every name that is not a setting refused.</summary>
public static class ExperimentFile
{
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">One sentence: file, line, and what is wrong.</exception>
    public static ExperimentSettings Load(string path) => File.Exists(path)
        ? Parse(File.ReadAllText(path), path)
        : throw new FileNotFoundException($"There is no experiment file {path}.", path);

    /// <param name="source">For the sentences.</param>
    /// <exception cref="InvalidDataException">One sentence: source, line, and what is wrong.</exception>
    public static ExperimentSettings Parse(string yaml, string source)
    {
        ExperimentSettings settings = YamlRecords.Parse<ExperimentSettings>(
            yaml, source, "; an experiment says its system, task, data, shot, network, twin, training and baseline");
        ExperimentCheck.Require(settings, source);
        return settings;
    }
}
