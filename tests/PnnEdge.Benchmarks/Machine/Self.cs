using System.Diagnostics;

namespace PnnEdge.Benchmarks.Machine;

/// <summary>This program once more, as a process of its own.</summary>
internal static class Self
{
    public static ProcessStartInfo Start(params string[] arguments) =>
        new(Environment.ProcessPath!, [.. File(), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };

    /// <summary>Under the dotnet command the program's own file is the first argument.</summary>
    private static string[] File() => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(Self).Assembly.Location] : [];
}
