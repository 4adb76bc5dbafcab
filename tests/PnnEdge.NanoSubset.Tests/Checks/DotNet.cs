using System.Diagnostics;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>The SDK's own command, in the repository's root.</summary>
public static class DotNet
{
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = NanoAssemblies.RepositoryRoot, RedirectStandardOutput = true };

        // The test host's own MSBuild settings would reach the build.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process run = Process.Start(start)!;
        string output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, output);
    }
}
