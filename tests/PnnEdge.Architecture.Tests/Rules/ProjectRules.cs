namespace PnnEdge.Architecture.Tests.Rules;

/// <summary>Each rule gives a sentence per project that breaks it, and none when all keep it.</summary>
public static class ProjectRules
{
    /// <summary>A package family and the one product project that may see it.</summary>
    private static readonly (string Package, string Project)[] KeptTo =
    [
        ("MQTTnet", "PnnEdge.Link"),
        ("TorchSharp", "PnnEdge.Twins.Torch"),
        ("libtorch", "PnnEdge.Twins.Torch"),
        ("Iot.Device", "PnnEdge.RaspberryPi"),
    ];

    /// <summary>Who may see TorchSharp, tests included: half a gigabyte of native library follows every reference.</summary>
    private static readonly string[] SeeTorch = ["PnnEdge.Twins.Torch", "PnnEdge.Twins.Torch.Tests", "PnnEdge.Benchmarks"];

    public static IEnumerable<string> UnlistedReferences(IEnumerable<ProjectFile> products) =>
        from project in products
        from broken in !DependencyTable.Lists(project.Name)
            ? [$"{project.Name} is not in the dependency table; what is not listed is not allowed."]
            : project.ProjectReferences
                .Where(reference => !DependencyTable.Allows(project.Name, reference))
                .Select(reference => $"{project.Name} references {reference}, which the dependency table does not allow.")
        select broken;

    public static IEnumerable<string> PackagesOutsideTheirProject(IEnumerable<ProjectFile> products) =>
        from project in products
        from package in project.Packages
        from kept in KeptTo
        where IsOfFamily(package, kept.Package) && project.Name != kept.Project
        select $"{project.Name} references {package}; only {kept.Project} may see {kept.Package}.";

    public static IEnumerable<string> TorchWhereItIsNotAllowed(IEnumerable<ProjectFile> projects) =>
        from project in projects
        where !SeeTorch.Contains(project.Name)
        from seen in project.Packages.Where(package => IsOfFamily(package, "TorchSharp") || IsOfFamily(package, "libtorch"))
            .Concat(project.ProjectReferences.Where(reference => reference == "PnnEdge.Twins.Torch"))
        select $"{project.Name} references {seen}; only {string.Join(", ", SeeTorch)} may see TorchSharp.";

    /// <summary>Other ways to another project's code: its files, or its assembly.</summary>
    public static IEnumerable<string> ReferencesByTheBackDoor(IEnumerable<ProjectFile> products) =>
        from project in products
        from item in project.Includes("Compile").Where(path => path.Contains("..", StringComparison.Ordinal)).Concat(project.Includes("Reference"))
        select $"{project.Name} takes {item} directly; a project is used by reference.";

    public static IEnumerable<string> NotInTheSolution(IEnumerable<ProjectFile> projects, IReadOnlySet<string> solution) =>
        from project in projects
        where project.NeedsDeviceSdk == solution.Contains(project.Path)
        select project.NeedsDeviceSdk
            ? $"{project.Path} needs the device's build tooling and must stay out of PnnEdge.sln."
            : $"{project.Path} is not in PnnEdge.sln.";

    public static IEnumerable<string> SolutionEntriesWithoutFile(IEnumerable<ProjectFile> projects, IReadOnlySet<string> solution) =>
        solution.Except(projects.Select(project => project.Path)).Select(path => $"PnnEdge.sln names {path}, which does not exist.");

    public static IEnumerable<string> WithoutTests(IEnumerable<ProjectFile> products, IEnumerable<ProjectFile> tests) =>
        products.Where(project => !project.NeedsDeviceSdk).Select(project => project.Name)
            .Except(tests.SelectMany(test => test.ProjectReferences.Where(reference => test.Name == $"{reference}.Tests")))
            .Select(name => $"{name} has no test project {name}.Tests that references it.");

    private static bool IsOfFamily(string package, string family) =>
        package.StartsWith(family, StringComparison.OrdinalIgnoreCase)
        && (package.Length == family.Length || package[family.Length] is '.' or '-');
}
