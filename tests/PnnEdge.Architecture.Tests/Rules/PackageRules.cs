using System.Text.RegularExpressions;

namespace PnnEdge.Architecture.Tests.Rules;

public static partial class PackageRules
{
    private static readonly string[] PlatformFamilies = ["Microsoft.", "System."];

    /// <summary>These follow a rhythm of their own.</summary>
    private static readonly string[] OwnRhythm = ["System.CommandLine", "System.Device.Gpio", "Microsoft.CodeAnalysis.", "Microsoft.ML."];

    /// <summary>A version anywhere but in the central file.</summary>
    public static IEnumerable<string> VersionsOutsideTheCentralFile(IEnumerable<ProjectFile> files) =>
        from file in files
        from element in file.Elements("PackageReference").Concat(file.Elements("PackageVersion")).Concat(file.Elements("GlobalPackageReference"))
        where element.Attributes().Select(a => a.Name.LocalName).Concat(element.Elements().Select(e => e.Name.LocalName))
            .Any(name => name is "Version" or "VersionOverride")
        select $"{file.Path} gives {(string?)element.Attribute("Include")} a version; it belongs in Directory.Packages.props.";

    public static IEnumerable<string> InexactVersions(ProjectFile central) =>
        from package in Versions(central)
        where !ExactVersion().IsMatch(package.Version)
        select $"{package.Id} has version '{package.Version}', which is not one exact version.";

    public static IEnumerable<string> PlatformPackagesOffTheRuntime(ProjectFile central) =>
        from package in Versions(central)
        where PlatformFamilies.Any(family => package.Id.StartsWith(family, StringComparison.OrdinalIgnoreCase))
        where !OwnRhythm.Any(family => package.Id.StartsWith(family, StringComparison.OrdinalIgnoreCase))
        where !package.Version.StartsWith("10.0.", StringComparison.Ordinal)
        select $"{package.Id} is {package.Version}; platform packages stay on 10.0.x, as the runtime.";

    private static IEnumerable<(string Id, string Version)> Versions(ProjectFile central) =>
        from element in central.Elements("PackageVersion")
        select ((string?)element.Attribute("Include") ?? "", (string?)element.Attribute("Version") ?? "");

    [GeneratedRegex(@"^\d+\.\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex ExactVersion();
}
