using System.ComponentModel;
using System.Diagnostics;

namespace PnnEdge.Benchmarks.Machine;

/// <summary>A script of <c>rivals/</c> in the Python that is installed.</summary>
internal static class PythonScript
{
    private const int PackageMissing = 77;

    /// <param name="threads">For the libraries below it.</param>
    /// <returns>What it printed; null where Python or a package of the script's is missing.</returns>
    public static string? Run(string script, int threads, params string[] arguments)
    {
        // PNN_PYTHON names the interpreter that has the packages, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        try
        {
            var start = new ProcessStartInfo(interpreter, [Path.Combine(AppContext.BaseDirectory, "rivals", script), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads}";
            using Process python = Process.Start(start)!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode switch
            {
                0 => output,
                PackageMissing => null,
                _ => throw new InvalidOperationException($"The rival {script} failed: {errors.Result}"),
            };
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
