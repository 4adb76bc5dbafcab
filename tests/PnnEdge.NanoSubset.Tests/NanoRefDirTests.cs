using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The switch with which anyone who has the device's reference assemblies compiles the firmware against them.</summary>
public sealed class NanoRefDirTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nano-ref");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("PnnEdge.Firmware.Core", "PnnEdge.Wire", "mscorlib")]
    [InlineData("PnnEdge.Firmware.Drivers", "mscorlib")]
    [InlineData("PnnEdge.Firmware.Esp32", "mscorlib")] // one assembly from the sources of all
    public async Task Firmware_builds_against_a_folder_of_reference_assemblies(string project, params string[] references)
    {
        string libraries = _folder.CreateSubdirectory("libraries").FullName;
        File.Copy(NanoAssemblies.BaseLibrary, Path.Combine(libraries, "mscorlib.dll"));

        (int exitCode, string output) = await BuildAsync(project, libraries);

        Assert.True(exitCode == 0, output);
        using PEReader image = new(File.OpenRead(Path.Combine(_folder.FullName, "bin", project, "debug", $"{project}.dll")));
        MetadataReader metadata = image.GetMetadataReader();
        Assert.Equal(
            references,
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_a_base_library_is_named_in_the_error()
    {
        (int exitCode, string output) = await BuildAsync("PnnEdge.Firmware.Core", _folder.FullName);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"NanoRefDir is '{_folder.FullName}', which holds no mscorlib.dll", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> BuildAsync(string project, string nanoRefDir) => DotNet.RunAsync(
    [
        "build", $"firmware/{project}/{project}.csproj", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        $"-p:NanoRefDir={nanoRefDir}", $"-p:ArtifactsPath={_folder.FullName}",
    ]);
}
