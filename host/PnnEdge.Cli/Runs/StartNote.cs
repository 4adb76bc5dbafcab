using System.Security.Cryptography;
using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Runs;

/// <summary>Parameters that a run begins from. It keeps them beside its results, and goes on only with the same.</summary>
/// <param name="File">Where they came from.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
public sealed record StartNote(string File, string Sha256)
{
    /// <exception cref="UserException">There is no such file.</exception>
    public static StartNote Of(string path) => System.IO.File.Exists(path)
        ? new StartNote(path, HashOf(path))
        : throw new UserException($"The start parameters {path} are not there.");

    /// <exception cref="UserException">The run's own copy is gone or changed.</exception>
    public void RequireSame(string copy)
    {
        if (!System.IO.File.Exists(copy) || HashOf(copy) != Sha256)
        {
            throw new UserException($"{copy} does not hold the start parameters that the run began from ({File}); put them back, or start a new run.");
        }
    }

    private static string HashOf(string path)
    {
        using FileStream file = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
