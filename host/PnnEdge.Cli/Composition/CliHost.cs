using System.Security.Cryptography;

namespace PnnEdge.Cli.Composition;

/// <summary>Everything the command takes from the machine it runs on; tests hand in their own.</summary>
/// <param name="Out">Standard output: results.</param>
/// <param name="Error">Standard error: progress and errors.</param>
/// <param name="ErrorIsTerminal">Whether progress may be redrawn in place.</param>
/// <param name="OutIsTerminal">Whether tables may be coloured.</param>
/// <param name="Input">Standard input; a device that another process started reads it (see <see cref="ParentWatch"/>).</param>
/// <param name="Variable">Environment variable by name, or null.</param>
/// <param name="CacheFolder">Where downloads and the virtual devices' storage live.</param>
/// <param name="WorkingFolder">Where relative paths begin.</param>
/// <param name="Self">Program and first arguments that start this same command.</param>
/// <param name="Draw">A number that nobody can guess: boot ids, seeds of reconnection jitter.</param>
public sealed record CliHost(
    TextWriter Out,
    TextWriter Error,
    bool ErrorIsTerminal,
    bool OutIsTerminal,
    TextReader Input,
    TimeProvider Time,
    Func<string, string?> Variable,
    string CacheFolder,
    string WorkingFolder,
    IReadOnlyList<string> Self,
    Func<uint> Draw)
{
    /// <summary>The one place where the real clock, real chance and the real console enter the program.</summary>
    public static CliHost OfThisProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsErrorRedirected,
        !Console.IsOutputRedirected,
        Console.In,
        TimeProvider.System,
        Environment.GetEnvironmentVariable,
        CacheFolderOf(Environment.GetEnvironmentVariable),
        Directory.GetCurrentDirectory(),
        SelfOfThisProcess(),
        () => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue));

    public string FullPath(string path) => Path.GetFullPath(path, WorkingFolder);

    private static string CacheFolderOf(Func<string, string?> variable)
    {
        string? given = variable("XDG_CACHE_HOME");
        string root = !string.IsNullOrEmpty(given) ? given
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "pnnedge");
    }

    // Started as "dotnet pnn.dll" the process is dotnet; started as "pnn" it is the command itself.
    private static string[] SelfOfThisProcess()
    {
        string program = Environment.ProcessPath ?? "dotnet";
        string library = Path.Combine(AppContext.BaseDirectory, "pnn.dll");
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? [program, library] : [program];
    }
}
