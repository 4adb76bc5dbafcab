using PnnEdge.Architecture.Tests.Rules;

namespace PnnEdge.Architecture.Tests;

/// <summary>The rules, held against the repository as it is.</summary>
public class RepositoryTests
{
    [Fact]
    public void A_project_references_only_what_the_dependency_table_allows()
    {
        Assert.NotEmpty(Repository.Products);
        AssertNone(ProjectRules.UnlistedReferences(Repository.Products));
    }

    [Fact]
    public void A_package_with_one_home_is_referenced_nowhere_else() =>
        AssertNone(ProjectRules.PackagesOutsideTheirProject(Repository.Products));

    [Fact]
    public void No_project_takes_another_ones_code_but_by_reference() =>
        AssertNone(ProjectRules.ReferencesByTheBackDoor(Repository.Products));

    [Fact]
    public void The_solution_holds_every_project_that_builds_here() =>
        AssertNone(ProjectRules.NotInTheSolution(Repository.Everything, Repository.Solution));

    [Fact]
    public void The_solution_names_no_project_that_is_gone() =>
        AssertNone(ProjectRules.SolutionEntriesWithoutFile(Repository.Everything, Repository.Solution));

    [Fact]
    public void Every_product_project_has_a_test_project() => AssertNone(ProjectRules.WithoutTests(Repository.Products, Repository.Tests));

    [Fact]
    public void Package_versions_stand_in_the_central_file_only() =>
        AssertNone(PackageRules.VersionsOutsideTheCentralFile([.. Repository.Everything, .. Repository.BuildFiles]));

    [Fact]
    public void Package_versions_are_exact()
    {
        Assert.NotEmpty(Repository.CentralPackages.Elements("PackageVersion"));
        AssertNone(PackageRules.InexactVersions(Repository.CentralPackages));
    }

    [Fact]
    public void Platform_packages_stay_on_the_runtimes_version() =>
        AssertNone(PackageRules.PlatformPackagesOffTheRuntime(Repository.CentralPackages));

    [Fact]
    public void No_file_names_a_machines_path() =>
        AssertNone(Repository.Files().SelectMany(path => TextRules.MachinePaths(path, Repository.Text(path))));

    [Fact]
    public void No_source_outside_Link_uses_MQTTnet() => AssertNone(Repository.Files()
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("tests/", StringComparison.Ordinal))
        .SelectMany(path => TextRules.UsesOfMqttOutsideLink(path, Repository.Text(path))));

    [Fact]
    public void No_project_but_its_own_its_tests_and_the_benchmarks_sees_TorchSharp() =>
        AssertNone(ProjectRules.TorchWhereItIsNotAllowed(Repository.Everything));

    [Fact]
    public void No_source_elsewhere_uses_TorchSharp() => AssertNone(Repository.Files()
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
        .SelectMany(path => TextRules.UsesOfTorchOutsideItsProject(path, Repository.Text(path))));

    private static void AssertNone(IEnumerable<string> broken)
    {
        string sentences = string.Join(Environment.NewLine, broken);
        Assert.True(sentences.Length == 0, sentences);
    }
}
