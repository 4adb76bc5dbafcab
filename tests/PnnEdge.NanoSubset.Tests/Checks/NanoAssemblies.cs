using System.Reflection;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>Where the build has put what it compiled for the device.</summary>
public static class NanoAssemblies
{
    public static string BaseLibrary { get; } = Built("mscorlib.dll");

    public static string Wire { get; } = Built("PnnEdge.Wire.dll");

    public static string FirmwareCore { get; } = Built("PnnEdge.Firmware.Core.dll");

    public static string FirmwareDrivers { get; } = Built("PnnEdge.Firmware.Drivers.dll");

    public static string FirmwareEsp32 { get; } = Built("PnnEdge.Firmware.Esp32.dll");

    public static string RepositoryRoot { get; } = typeof(NanoAssemblies).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The text of every C# file under a folder of the repository, but for build output and the folders named.</summary>
    public static IEnumerable<string> Sources(string folder, params string[] without) => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(RepositoryRoot, path).Split('/', '\\').Intersect([.. without, "obj", "bin"]).Any())
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllText);

    private static string Built(string file) => Path.Combine(AppContext.BaseDirectory, "nano", file);
}
