using System.Diagnostics;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Build;

/// <summary>The documented switch, as a reader of the README types it, and the tests of drivers against what it built.</summary>
public sealed class PackagedBuildTests : IDisposable
{
    private readonly DirectoryInfo _artifacts = Directory.CreateTempSubdirectory("pnn-bindings-");

    [Fact]
    public async Task With_the_switch_it_builds_and_the_package_s_drivers_pass_the_same_tests()
    {
        Assert.SkipWhen(PackagedDrivers.AreThere, "skipped: this is that build");
        (int code, string output) = await RunAsync(
            "dotnet", "build", "tests/PnnEdge.RaspberryPi.Tests", "-c", "Release", "-p:IotBindings=true", $"-p:ArtifactsPath={_artifacts.FullName}", "-nologo", "-nodeReuse:false");
        Assert.SkipWhen(code != 0 && output.Contains("error NU110", StringComparison.Ordinal), "skipped: Iot.Device.Bindings not installed: no package source has it and what it needs");
        Assert.True(code == 0, output);
        string tests = Path.Combine(_artifacts.FullName, "bin", "PnnEdge.RaspberryPi.Tests", "release", "PnnEdge.RaspberryPi.Tests");
        (code, output) = await RunAsync(tests, "--filter-namespace", "PnnEdge.RaspberryPi.Tests.Chips", "--filter-namespace", "PnnEdge.RaspberryPi.Tests.Bindings");
        Assert.True(code == 0, output);
        Assert.Contains("skipped: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_switch_there_is_nothing_of_the_package() => Assert.Equal(
        PackagedDrivers.AreThere, File.Exists(Path.Combine(AppContext.BaseDirectory, "Iot.Device.Bindings.dll")));

    public void Dispose() => _artifacts.Delete(recursive: true);

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };

        // The test host's own MSBuild settings would reach the build.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) { start.Environment.Remove(name); }
        using Process run = Process.Start(start)!;
        string output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, output);
    }
}
