using System.Diagnostics;

namespace PnnEdge.Interchange.Tests;

/// <summary>One of the scripts in <c>Python/</c>: an independent reader or writer.</summary>
internal static class PythonScript
{
    private const int MissingModule = 77;

    /// <returns>Lines of its standard output; the test is skipped where Python or a module is missing.</returns>
    public static string[] Run(string script, params string[] arguments)
    {
        // PNN_PYTHON names the interpreter that has the modules, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        string path = Path.Combine(AppContext.BaseDirectory, "Python", script);
        try
        {
            using var python = Process.Start(new ProcessStartInfo(interpreter, [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == MissingModule, $"skipped: {output.Trim()} not installed");
            Assert.True(python.ExitCode == 0, $"{script}: {error.Result}");
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: python3 not installed");
            throw;
        }
    }
}
