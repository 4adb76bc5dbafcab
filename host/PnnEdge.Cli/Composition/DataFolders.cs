using PnnEdge.Cli.Commands;
using PnnEdge.Training.Data;

namespace PnnEdge.Cli.Composition;

internal static class DataFolders
{
    public const string Variable = "PNN_DATA";

    /// <param name="asked">As typed with --data, or null.</param>
    /// <exception cref="UserException">The folder that was asked for is not there.</exception>
    public static DataFolder Resolve(CliHost host, string? asked)
    {
        string? given = asked ?? host.Variable(Variable);
        if (asked is not null && !Directory.Exists(host.FullPath(asked)))
        {
            throw new UserException($"The data folder {host.FullPath(asked)} is not there.");
        }

        return DataFolder.Resolve(string.IsNullOrWhiteSpace(given) ? null : host.FullPath(given), Path.Combine(host.CacheFolder, "data"));
    }
}
