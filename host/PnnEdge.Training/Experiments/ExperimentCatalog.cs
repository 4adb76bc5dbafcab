using System.Reflection;

namespace PnnEdge.Training.Experiments;

/// <summary>The experiment files of <c>host/experiments</c>, which travel inside this assembly; a file's name is system-task.</summary>
public static class ExperimentCatalog
{
    private const string Folder = "experiments/";
    private const string Ending = ".yaml";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    private static Assembly Resources => typeof(ExperimentCatalog).Assembly;

    public static string NameOf(string system, string task) => $"{system}-{task}";

    /// <exception cref="ArgumentException">There is no such experiment; the sentence names those there are.</exception>
    public static ExperimentSettings Get(string name)
    {
        using Stream? stream = Resources.GetManifestResourceStream(Folder + name + Ending);
        if (stream is null) { throw new ArgumentException($"There is no experiment {name}; there are {string.Join(", ", Names)}."); }
        using var reader = new StreamReader(stream);
        return ExperimentFile.Parse(reader.ReadToEnd(), name + Ending);
    }
}
