using System.Reflection;
using System.Text.RegularExpressions;
using PnnEdge.Architecture.Tests.Rules;

namespace PnnEdge.Architecture.Tests;

/// <summary>The repository on disk, without what a build leaves there.</summary>
public static partial class Repository
{
    private static readonly string[] ProductFolders = ["shared", "firmware", "host"];
    private static readonly string[] Folders = [.. ProductFolders, "tests", "hardware", ".ci"];

    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<ProjectFile> Products { get; } = Projects(ProductFolders);

    public static IReadOnlyList<ProjectFile> Tests { get; } = Projects(["tests"]);

    public static IReadOnlyList<ProjectFile> Everything { get; } = [.. Products, .. Tests];

    public static ProjectFile CentralPackages { get; } = Load("Directory.Packages.props");

    /// <summary>Files that MSBuild reads without being projects.</summary>
    public static IReadOnlyList<ProjectFile> BuildFiles { get; } =
        [.. Files().Where(path => Path.GetExtension(path) is ".props" or ".targets" && path != CentralPackages.Path).Select(Load)];

    public static IReadOnlySet<string> Solution { get; } = ProjectInSolution()
        .Matches(File.ReadAllText(Path.Combine(Root, "PnnEdge.sln")))
        .Select(match => match.Groups["path"].Value.Replace('\\', '/'))
        .ToHashSet();

    /// <summary>Relative paths with forward slashes, of the root's own files and everything below the folders that hold source.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Root)
        .Concat(Folders.Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults" or ".git"));

    /// <summary>Empty for a binary file.</summary>
    public static string Text(string path)
    {
        string text = File.ReadAllText(Path.Combine(Root, path));
        return text.Contains('\0', StringComparison.Ordinal) ? "" : text;
    }

    private static ProjectFile[] Projects(string[] folders) =>
        [.. Files().Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && folders.Contains(path.Split('/')[0])).Order().Select(Load)];

    private static ProjectFile Load(string path) => ProjectFile.Parse(path, File.ReadAllText(Path.Combine(Root, path)));

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"")]
    private static partial Regex ProjectInSolution();
}
