using PnnEdge.Training.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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
            if (Tree(yaml) is YamlNode tree) { ExperimentShape.Require(tree, typeof(ExperimentSettings), source); }
            settings = YamlRecords.Reader().Deserialize<ExperimentSettings?>(yaml);
        }
        catch (YamlException wrong)
        {
            throw new InvalidDataException(YamlRecords.Sentence(source, wrong), wrong);
        }

        if (settings is null) { throw new InvalidDataException($"{source} is empty; an experiment says its system, task, data, shot, network, twin, training and baseline."); }
        ExperimentCheck.Require(settings, source);
        return settings;
    }

    /// <returns>Null for an empty file.</returns>
    private static YamlNode? Tree(string yaml)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(yaml));
        try
        {
            stream.Load(parser);
        }
        catch (InvalidOperationException broken)
        {
            // The library's scanner ends so where a brace or bracket is one too many.
            Mark last = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(last, last, "this is not YAML; look for braces and brackets without a partner", broken);
        }

        return stream.Documents is [YamlDocument first, ..] ? first.RootNode : null;
    }
}
