using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>A script of <c>rivals/</c> in the Python that is installed.</summary>
/// <param name="name">Of the package that does the work.</param>
/// <param name="script">It runs on one thread; <c>rivals/rival.py</c> says how it is called.</param>
/// <param name="parameters">Handed to the script as JSON.</param>
internal sealed class PythonRival(string name, string script, object parameters) : IRival
{
    private const int PackageMissing = 77;

    public string Name => name;

    public RivalRun? Run(int shots, int samplesPerShot, float[] driveVolts)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rival-");
        try
        {
            string drive = Path.Combine(folder.FullName, "drive.f32");
            string node = Path.Combine(folder.FullName, "node.f32");
            string constants = Path.Combine(folder.FullName, "parameters.json");
            File.WriteAllText(constants, JsonSerializer.Serialize(parameters));
            File.WriteAllBytes(drive, MemoryMarshal.AsBytes(driveVolts.AsSpan()));
            string path = Path.Combine(AppContext.BaseDirectory, "rivals", script);
            return Output([path, $"{shots}", $"{samplesPerShot}", drive, node, constants]) is { } seconds
                ? new RivalRun(double.Parse(seconds, CultureInfo.InvariantCulture), [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(node))])
                : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Output(string[] arguments)
    {
        // PNN_PYTHON names the interpreter that has the packages, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        try
        {
            var start = new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["OMP_NUM_THREADS"] = "1";
            start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            using Process python = Process.Start(start)!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode switch
            {
                0 => output,
                PackageMissing => null,
                _ => throw new InvalidOperationException($"The rival {arguments[0]} failed: {errors.Result}"),
            };
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
