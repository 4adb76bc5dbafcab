using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The switch with which anyone who has the device's reference assemblies compiles the firmware against them.</summary>
public sealed class NanoRefDirTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nano-ref");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_firmware_core_builds_against_a_folder_of_reference_assemblies()
    {
        string libraries = _folder.CreateSubdirectory("libraries").FullName;
        File.Copy(NanoAssemblies.BaseLibrary, Path.Combine(libraries, "mscorlib.dll"));

        (int exitCode, string output) = await BuildFirmwareCoreAsync(libraries);

        Assert.True(exitCode == 0, output);
        using PEReader image = new(File.OpenRead(
            Path.Combine(_folder.FullName, "bin", "PnnEdge.Firmware.Core", "debug", "PnnEdge.Firmware.Core.dll")));
        MetadataReader metadata = image.GetMetadataReader();
        Assert.Equal(
            ["PnnEdge.Wire", "mscorlib"],
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_a_base_library_is_named_in_the_error()
    {
        (int exitCode, string output) = await BuildFirmwareCoreAsync(_folder.FullName);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"NanoRefDir is '{_folder.FullName}', which holds no mscorlib.dll", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> BuildFirmwareCoreAsync(string nanoRefDir)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = NanoAssemblies.RepositoryRoot,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "build", "firmware/PnnEdge.Firmware.Core", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
                $"-p:NanoRefDir={nanoRefDir}", $"-p:ArtifactsPath={_folder.FullName}",
            },
        };

        // The test host's own MSBuild settings would reach the build.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process build = Process.Start(start)!;
        string output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (build.ExitCode, output);
    }
}
