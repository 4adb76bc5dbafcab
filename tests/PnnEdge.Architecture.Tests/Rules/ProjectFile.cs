using System.Xml.Linq;

namespace PnnEdge.Architecture.Tests.Rules;

/// <summary>What a project file says of other projects and packages, conditions aside: a reference under a condition is one too.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
public sealed record ProjectFile(string Path, XElement Content)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Built by the device's own tooling, which is not on every machine.</summary>
    public bool NeedsDeviceSdk => Elements("Import").Append(Content)
        .Any(element => ((string?)element.Attribute("Sdk"))?.StartsWith("nanoFramework.", StringComparison.Ordinal) == true);

    /// <summary>Names without folder.</summary>
    public IEnumerable<string> ProjectReferences => Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<string> Packages => Includes("PackageReference");

    public IEnumerable<XElement> Elements(string name) => Content.Descendants().Where(element => element.Name.LocalName == name);

    public IEnumerable<string> Includes(string item) => Elements(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();

    public static ProjectFile Parse(string path, string xml) => new(path, XElement.Parse(xml));
}
