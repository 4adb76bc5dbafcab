using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Commands;

/// <summary><c>--from</c>: recorded shots in the place of a bench.</summary>
internal sealed class RecordedSource
{
    public Option<string?> From { get; } = Values.Path("--from", "file.npz", "Take the shots that 'pnn twin fit --recording' kept; nothing is played, no bench is needed.");

    /// <param name="refused">Options that say which bench, or what to do with it.</param>
    /// <returns>Null where a bench is to be used.</returns>
    /// <exception cref="UserException">There is no such file, or an option asks for a bench beside it.</exception>
    public RecordedShots? Read(ParseResult parsed, CliHost host, IEnumerable<Option> refused)
    {
        if (parsed.GetValue(From) is not string asked) { return null; }
        if (refused.FirstOrDefault(parsed.IsGiven) is Option other)
        {
            throw new UserException($"{From.Name} takes recorded shots and plays none; leave out {other.Name}.", isUsage: true);
        }

        string path = host.FullPath(asked);
        return File.Exists(path) ? RecordedShots.Load(path) : throw new UserException($"The recording {path} is not there.");
    }
}
