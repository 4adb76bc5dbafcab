using System.Diagnostics;

namespace PnnEdge.Optics.Tests.Support;

/// <summary>Scripts that know nothing of the code under test.</summary>
internal static class Python
{
    private const int MissingModule = 77;

    /// <summary>PNN_PYTHON names the interpreter that has the modules, where it is not the first on the path.</summary>
    /// <param name="script">Beside the tests.</param>
    /// <param name="packages">What Debian calls its modules.</param>
    /// <returns>The lines it printed.</returns>
    public static async Task<string[]> RunAsync(string script, string packages, params string[] arguments)
    {
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(interpreter, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = python.StandardOutput.ReadToEndAsync(), error = python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(python.ExitCode == MissingModule, $"skipped: {packages} not installed");
            Assert.True(python.ExitCode == 0, $"{script}: {await error}");
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: python3 not installed");
            throw;
        }
    }
}
