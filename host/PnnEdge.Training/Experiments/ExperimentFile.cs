using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

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
        ExperimentSettings? settings;
        try
        {
            settings = Reader().Deserialize<ExperimentSettings?>(yaml);
        }
        catch (YamlException wrong)
        {
            // The library wraps its own sentence around the one that says what is wrong.
            string reason = (wrong.InnerException?.Message ?? wrong.Message).ReplaceLineEndings(" ").TrimEnd('.');
            throw new InvalidDataException($"{source}, line {wrong.Start.Line}: {reason}.", wrong);
        }

        if (settings is null) { throw new InvalidDataException($"{source} is empty; an experiment says its system, task, data, shot, network, twin, training and baseline."); }
        ExperimentCheck.Require(settings, source);
        return settings;
    }

    // Built for every file: a deserializer is not made for several threads.
    private static IDeserializer Reader() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithEnforceNullability()
        .WithDuplicateKeyChecking()
        .Build();
}
