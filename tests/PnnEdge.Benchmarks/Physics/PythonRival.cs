using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using PnnEdge.Benchmarks.Machine;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>A script of <c>rivals/</c> in the Python that is installed.</summary>
/// <param name="name">Of the package that does the work.</param>
/// <param name="script">It runs on one thread; <c>rivals/rival.py</c> says how it is called.</param>
/// <param name="parameters">Handed to the script as JSON.</param>
internal sealed class PythonRival(string name, string script, object parameters) : IRival
{
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
            return PythonScript.Run(script, threads: 1, $"{shots}", $"{samplesPerShot}", drive, node, constants) is { } seconds
                ? new RivalRun(double.Parse(seconds, CultureInfo.InvariantCulture), [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(node))])
                : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
