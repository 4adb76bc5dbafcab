using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Runs;

/// <summary>A run's folder that also holds a study of its trained networks, and the only place that knows the study's file names.</summary>
/// <param name="study">Its command, such as <c>drift</c>.</param>
internal sealed class StudyFolder(RunFolder run, string study)
{
    public RunFolder Run => run;

    public string SummaryFile => In($"{study}.json");

    public string Study => study;

    /// <summary>Of what the study leaves for others.</summary>
    /// <param name="plot">The plot's files, as drawn.</param>
    public string FileNames(string[] plot) => string.Join(", ", [$"{study}.json", $"{study}.jsonl", .. plot]);

    public string PlotFile(string extension) => In($"{study}.{extension}");

    /// <param name="from">Whose trained seeds are taken over; null when they are yet to be trained.</param>
    /// <exception cref="UserException">The folder cannot be written, or holds another run.</exception>
    public void Begin<T>(RunConfig config, T settings, RunFolder? from)
    {
        run.Begin(config);
        AtomicFile.Write(SettingsFile, JsonText.Page(settings));
        foreach (ulong seed in from is null ? [] : config.AllSeeds) { run.CopySeed(from!, seed); }
    }

    /// <exception cref="UserException">The folder holds no such study.</exception>
    /// <exception cref="InvalidDataException">Its settings cannot be read.</exception>
    public T Settings<T>() where T : class => File.Exists(SettingsFile)
        ? Read<T>(SettingsFile)
        : throw new UserException($"There is no {study} study in {run.Path}: it has no {Path.GetFileName(SettingsFile)}.");

    /// <returns>A seed's finished study; null when it is yet to be done.</returns>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public T? Seed<T>(ulong seed) where T : class => File.Exists(SeedFile(seed)) ? Read<T>(SeedFile(seed)) : null;

    public void SaveSeed<T>(ulong seed, T result) => AtomicFile.Write(SeedFile(seed), JsonText.Page(result));

    /// <summary>Writes the lines of finished seeds anew: a seed that was not finished is studied again.</summary>
    public void RestartLines<T>(IEnumerable<T> lines) => AtomicFile.Write(LinesFile, string.Concat(lines.Select(line => JsonText.Line(line) + "\n")));

    public void AppendLine<T>(T line) => File.AppendAllText(LinesFile, JsonText.Line(line) + "\n");

    private string SettingsFile => In($"{study}-settings.json");

    private string LinesFile => In($"{study}.jsonl");

    private string SeedFile(ulong seed) => In($"{study}-seed{seed}.json");

    private string In(string name) => Path.Combine(run.Path, name);

    private static T Read<T>(string path) where T : class
    {
        try
        {
            return JsonText.Read<T>(File.ReadAllText(path)) ?? throw new JsonException("it is empty");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} cannot be read: {broken.Message}", broken);
        }
    }
}
