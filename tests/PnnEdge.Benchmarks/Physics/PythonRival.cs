using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>A script of <c>rivals/</c> in the Python that is installed.</summary>
/// <remarks>
/// It is called with shots, samples per shot and two files of 32-bit floats: it reads [shot, sample] V of drive from the first, writes
/// [shot, sample] V of node to the second, and prints the seconds that its arithmetic took, imports and files apart. Exit code 77 says that
/// a package is missing.
/// </remarks>
internal sealed class PythonRival(string name, string script) : IRival
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
            File.WriteAllBytes(drive, MemoryMarshal.AsBytes(driveVolts.AsSpan()));
            string path = Path.Combine(AppContext.BaseDirectory, "rivals", script);
            return Output([path, $"{shots}", $"{samplesPerShot}", drive, node]) is { } seconds
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
            using Process python = Process.Start(new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
