using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The .nfproj, built by MSBuild around a stand-in for the project system, against our declaration of the device's libraries.</summary>
public sealed class ReleasedProjectTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nfproj");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_build_setting_of_this_repository_reaches_the_compiler_of_the_released_project()
    {
        (int exitCode, string output) = await BuildAsync(Path.Combine(NanoAssemblies.RepositoryRoot, "tests", "PnnEdge.NanoSubset.Tests", "ProjectSystem"));

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning CS", output, StringComparison.Ordinal); // nullable alone would give some fifty
        using PEReader image = new(File.OpenRead(Path.Combine(_folder.FullName, "bin", "PnnEdge.Firmware.Esp32.exe")));
        MetadataReader metadata = image.GetMetadataReader();
        Assert.Equal(
            ["mscorlib"],
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));
        Assert.NotEqual(0, image.PEHeaders.CorHeader!.EntryPointTokenOrRelativeVirtualAddress);
    }

    [Fact]
    public async Task A_build_without_the_project_system_says_what_is_missing_and_where_it_looked()
    {
        (int exitCode, string output) = await BuildAsync(_folder.FullName);

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"No nanoFramework project system in '{_folder.FullName}{Path.DirectorySeparatorChar}'", output, StringComparison.Ordinal);
    }

    /// <summary>AssemblySearchPaths: restored packages beside the project must not meet our declaration of them.</summary>
    private Task<(int ExitCode, string Output)> BuildAsync(string projectSystem) => DotNet.RunAsync(
    [
        "msbuild", "firmware/PnnEdge.Firmware.Esp32/PnnEdge.Firmware.Esp32.nfproj", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        "-p:Configuration=Release", $"-p:NanoFrameworkProjectSystemPath={projectSystem}{Path.DirectorySeparatorChar}",
        $"-p:AssemblySearchPaths={Path.GetDirectoryName(NanoAssemblies.BaseLibrary)}",
        $"-p:OutputPath={_folder.FullName}/bin/", $"-p:IntermediateOutputPath={_folder.FullName}/obj/",
    ]);
}
