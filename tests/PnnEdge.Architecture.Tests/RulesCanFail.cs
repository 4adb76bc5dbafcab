using PnnEdge.Architecture.Tests.Rules;

namespace PnnEdge.Architecture.Tests;

/// <summary>Each rule on a few projects made up for it: one that keeps it, one that breaks it.</summary>
public class RulesCanFail
{
    private static readonly HashSet<string> EmptySolution = [];

    [Theory]
    [InlineData("PnnEdge.Physics", "PnnEdge.Numerics", true)]
    [InlineData("PnnEdge.Link", "PnnEdge.Wire", true)]
    [InlineData("PnnEdge.Training", "PnnEdge.Wire", false)]
    [InlineData("PnnEdge.Numerics", "PnnEdge.Training", false)]
    [InlineData("PnnEdge.Wire", "PnnEdge.Numerics", false)]
    [InlineData("PnnEdge.VirtualDevice", "PnnEdge.Link", false)]
    [InlineData("PnnEdge.Firmware.Core", "PnnEdge.Physics", false)]
    [InlineData("PnnEdge.Cli", "PnnEdge.Link", true)]
    [InlineData("PnnEdge.Dashboard", "PnnEdge.Runs", true)]
    [InlineData("PnnEdge.Cli", "PnnEdge.Twins.Torch", false)]
    [InlineData("PnnEdge.Dashboard", "PnnEdge.Twins.Torch", false)]
    [InlineData("PnnEdge.Cli", "PnnEdge.Link.Tests", false)]
    public void The_dependency_table_allows_what_it_lists_and_nothing_else(string project, string reference, bool allowed) =>
        Assert.Equal(allowed, !ProjectRules.UnlistedReferences([Project(project, $"<ProjectReference Include='..\\{reference}\\{reference}.csproj' />")]).Any());

    [Fact]
    public void A_project_that_is_not_in_the_table_breaks_it_even_without_references() =>
        Assert.Equal(
            ["PnnEdge.Helpers is not in the dependency table; what is not listed is not allowed."],
            ProjectRules.UnlistedReferences([Project("PnnEdge.Helpers", "")]));

    [Fact]
    public void A_reference_under_a_condition_is_a_reference() => Assert.Single(ProjectRules.UnlistedReferences(
        [Project("PnnEdge.Training", "<ProjectReference Condition=\"'$(X)' == '1'\" Include='../PnnEdge.Wire/PnnEdge.Wire.csproj' />")]));

    [Theory]
    [InlineData("PnnEdge.Link", "MQTTnet.Server", true)]
    [InlineData("PnnEdge.Cli", "MQTTnet", false)]
    [InlineData("PnnEdge.Cli", "mqttnet.Server", false)]
    [InlineData("PnnEdge.Twins.Torch", "TorchSharp-cpu", true)]
    [InlineData("PnnEdge.Training", "TorchSharp", false)]
    [InlineData("PnnEdge.Training", "libtorch-cpu", false)]
    [InlineData("PnnEdge.Training", "Spectre.Console", true)]
    public void A_package_with_one_home_is_refused_elsewhere(string project, string package, bool allowed) =>
        Assert.Equal(allowed, !ProjectRules.PackagesOutsideTheirProject([Project(project, $"<PackageReference Include='{package}' />")]).Any());

    [Theory]
    [InlineData("<Compile Include='../PnnEdge.Wire/Topics.cs' />")]
    [InlineData("<Reference Include='PnnEdge.Wire' />")]
    public void Code_taken_by_the_back_door_is_refused(string item) =>
        Assert.Single(ProjectRules.ReferencesByTheBackDoor([Project("PnnEdge.Training", item), Project("PnnEdge.Link", "")]));

    [Fact]
    public void A_project_outside_the_solution_is_named()
    {
        ProjectFile project = Project("PnnEdge.Link", "");
        Assert.Equal(["host/PnnEdge.Link/PnnEdge.Link.csproj is not in PnnEdge.sln."], ProjectRules.NotInTheSolution([project], EmptySolution));
        Assert.Empty(ProjectRules.NotInTheSolution([project], new HashSet<string> { project.Path }));
    }

    [Theory]
    [InlineData("<Project Sdk='nanoFramework.NET.Sdk' />")]
    [InlineData("<Project><Import Project='Sdk.props' Sdk='nanoFramework.NET.Sdk' /></Project>")]
    public void A_project_for_the_devices_own_tooling_must_stay_out_of_the_solution(string xml)
    {
        ProjectFile board = ProjectFile.Parse("firmware/Board/Board.csproj", xml);
        Assert.Empty(ProjectRules.NotInTheSolution([board], EmptySolution));
        Assert.Single(ProjectRules.NotInTheSolution([board], new HashSet<string> { board.Path }));
    }

    [Fact]
    public void A_project_that_is_gone_is_named() => Assert.Equal(
        ["PnnEdge.sln names host/Old/Old.csproj, which does not exist."],
        ProjectRules.SolutionEntriesWithoutFile([], new HashSet<string> { "host/Old/Old.csproj" }));

    [Fact]
    public void A_product_without_its_own_tests_is_named()
    {
        ProjectFile product = Project("PnnEdge.Link", "");
        const string reference = "<ProjectReference Include='../../host/PnnEdge.Link/PnnEdge.Link.csproj' />";
        Assert.Single(ProjectRules.WithoutTests([product], []));
        Assert.Single(ProjectRules.WithoutTests([product], [Project("PnnEdge.Link.Tests", "")]));
        Assert.Single(ProjectRules.WithoutTests([product], [Project("PnnEdge.EndToEnd.Tests", reference)]));
        Assert.Empty(ProjectRules.WithoutTests([product], [Project("PnnEdge.Link.Tests", reference)]));
    }

    [Theory]
    [InlineData("<PackageReference Include='MQTTnet' />", true)]
    [InlineData("<PackageReference Include='MQTTnet' Version='5.2.0' />", false)]
    [InlineData("<PackageReference Include='MQTTnet' VersionOverride='5.2.0' />", false)]
    [InlineData("<PackageReference Include='MQTTnet'><Version>5.2.0</Version></PackageReference>", false)]
    [InlineData("<PackageVersion Include='MQTTnet' Version='5.2.0' />", false)]
    public void A_version_outside_the_central_file_is_refused(string item, bool allowed) =>
        Assert.Equal(allowed, !PackageRules.VersionsOutsideTheCentralFile([Project("PnnEdge.Link", item)]).Any());

    [Theory]
    [InlineData("5.2.0.1603", true)]
    [InlineData("2.0.0-preview.3", true)]
    [InlineData("5.*", false)]
    [InlineData("[5.2.0,6.0)", false)]
    [InlineData("[5.2.0]", false)]
    [InlineData("$(MqttVersion)", false)]
    [InlineData("", false)]
    public void A_version_that_may_change_by_itself_is_refused(string version, bool allowed) =>
        Assert.Equal(allowed, !PackageRules.InexactVersions(Central("MQTTnet", version)).Any());

    [Theory]
    [InlineData("System.IO.Hashing", "10.0.14", true)]
    [InlineData("System.IO.Hashing", "11.0.0", false)]
    [InlineData("Microsoft.Extensions.Logging", "9.0.1", false)]
    [InlineData("System.CommandLine", "2.0.15", true)]
    [InlineData("Microsoft.CodeAnalysis.CSharp", "5.9.0", true)]
    [InlineData("Microsoft.ML.OnnxRuntime", "1.31.1", true)]
    [InlineData("MQTTnet", "5.2.0", true)]
    public void A_platform_package_off_the_runtimes_version_is_refused(string id, string version, bool allowed) =>
        Assert.Equal(allowed, !PackageRules.PlatformPackagesOffTheRuntime(Central(id, version)).Any());

    [Theory]
    [InlineData("see |work|main for it", false)]
    [InlineData("path = \"|tmp|frames\"", false)]
    [InlineData("|home|me|pnn", false)]
    [InlineData("https:||example.org|work|of|others", true)]
    [InlineData("shared|work|table", true)]
    [InlineData("frames and|or samples", true)]
    public void A_machines_path_is_refused_and_an_address_is_not(string text, bool allowed) =>
        Assert.Equal(allowed, !TextRules.MachinePaths("README.md", text.Replace('|', '/')).Any());

    [Fact]
    public void A_drive_letter_is_a_machines_path() => Assert.Single(TextRules.MachinePaths("README.md", string.Join('\\', "in C:", "Users", "me")));

    [Theory]
    [InlineData("host/PnnEdge.Cli/A.cs", "using MQTTnet;", false)]
    [InlineData("host/PnnEdge.Cli/A.cs", "    var c = new MQTTnet.MqttClientFactory();", false)]
    [InlineData("host/PnnEdge.Cli/A.cs", "    // MQTTnet.Server ignores message expiry", true)]
    [InlineData("host/PnnEdge.Cli/A.cs", "    string s = \"the MQTTnet broker\";", true)]
    [InlineData("host/PnnEdge.Link/A.cs", "using MQTTnet;", true)]
    public void MQTTnet_in_source_outside_Link_is_refused(string path, string line, bool allowed) =>
        Assert.Equal(allowed, !TextRules.UsesOfMqttOutsideLink(path, $"namespace A;\n{line}\n").Any());

    [Theory]
    [InlineData("PnnEdge.Twins.Torch", "<PackageReference Include='TorchSharp' />", true)]
    [InlineData("PnnEdge.Twins.Torch.Tests", "<ProjectReference Include='../PnnEdge.Twins.Torch/PnnEdge.Twins.Torch.csproj' />", true)]
    [InlineData("PnnEdge.Benchmarks", "<ProjectReference Include='../PnnEdge.Twins.Torch/PnnEdge.Twins.Torch.csproj' />", true)]
    [InlineData("PnnEdge.Training.Tests", "<ProjectReference Include='../PnnEdge.Twins.Torch/PnnEdge.Twins.Torch.csproj' />", false)]
    [InlineData("PnnEdge.Cli", "<ProjectReference Include='../PnnEdge.Twins.Torch/PnnEdge.Twins.Torch.csproj' />", false)]
    [InlineData("PnnEdge.Conformance", "<PackageReference Include='libtorch-cpu-linux-x64' />", false)]
    [InlineData("PnnEdge.Physics.Tests", "<PackageReference Include='torchsharp-cpu' />", false)]
    public void TorchSharp_is_seen_by_its_project_its_tests_and_the_benchmarks_only(string project, string item, bool allowed) =>
        Assert.Equal(allowed, !ProjectRules.TorchWhereItIsNotAllowed([Project(project, item)]).Any());

    [Theory]
    [InlineData("host/PnnEdge.Cli/A.cs", "using TorchSharp;", false)]
    [InlineData("host/PnnEdge.Training/A.cs", "using static TorchSharp.torch;", false)]
    [InlineData("tests/PnnEdge.Training.Tests/A.cs", "    var t = TorchSharp.torch.ones(2);", false)]
    [InlineData("host/PnnEdge.Cli/A.cs", "    // TorchSharp.torch is the second engine", true)]
    [InlineData("host/PnnEdge.Cli/A.cs", "    string s = \"TorchSharp is missing\";", true)]
    [InlineData("host/PnnEdge.Twins.Torch/A.cs", "using TorchSharp;", true)]
    public void TorchSharp_in_source_elsewhere_is_refused(string path, string line, bool allowed) =>
        Assert.Equal(allowed, !TextRules.UsesOfTorchOutsideItsProject(path, $"namespace A;\n{line}\n").Any());

    private static ProjectFile Project(string name, string items) =>
        ProjectFile.Parse($"host/{name}/{name}.csproj", $"<Project Sdk='Microsoft.NET.Sdk'><ItemGroup>{items}</ItemGroup></Project>");

    private static ProjectFile Central(string id, string version) =>
        ProjectFile.Parse("Directory.Packages.props", $"<Project><ItemGroup><PackageVersion Include='{id}' Version='{version}' /></ItemGroup></Project>");
}
