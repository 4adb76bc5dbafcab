using System.Xml.Linq;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The packages of the board project: listed once, referenced as they are laid out, built with each other, and the ones that were checked.</summary>
public class BoardPackagesTests
{
    private const string Board = "firmware/PnnEdge.Firmware.Esp32/";

    /// <summary>What the packages of packages.config hold, by their .nuspec in github.com/nanoframework (July 2026): some assemblies carry the package's whole name, some do not.</summary>
    private static readonly string[] Assemblies =
    [
        "System.Device.Adc", "System.Device.Dac", "System.Device.Gpio", "System.Device.I2c", "System.Device.I2s", "System.Device.Spi", "System.Device.Wifi",
        "System.IO.FileSystem", "System.IO.Ports", "System.IO.Streams", "System.Math", "System.Net", "System.Threading", "mscorlib", "nanoFramework.Hardware.Esp32",
        "nanoFramework.M2Mqtt", "nanoFramework.M2Mqtt.Core", "nanoFramework.Networking.Sntp", "nanoFramework.Runtime.Events", "nanoFramework.Runtime.Native", "nanoFramework.System.Collections",
        "nanoFramework.System.IO.Hashing", "nanoFramework.System.Security.Cryptography", "nanoFramework.System.Text",
    ];

    /// <summary>
    /// A package and the others that its release was built with, but for the base library: the .nuspec at the release's tag. Not every tag was at hand: Wifi by its
    /// pull request 361 (10 July 2026); System.Net, System.Collections and System.Text by the .nuspec of 1.11.54, 1.5.59 and 1.3.1.
    /// </summary>
    private static readonly Dictionary<string, string[]> BuiltWith = new()
    {
        ["CoreLibrary 1.17.11"] = [],
        ["Hardware.Esp32 1.6.40"] = ["Runtime.Events 1.11.37"], // 1.6.42 differs in this alone: 1.11.39, and the other packages have 1.11.37
        ["M2Mqtt 5.1.220"] = ["Runtime.Events 1.11.37", "Runtime.Native 1.7.11", "System.Collections 1.5.75", "System.Net 1.11.60"],
        ["Networking.Sntp 1.6.42"] = [],
        ["Runtime.Events 1.11.37"] = [],
        ["Runtime.Native 1.7.11"] = [],
        ["System.Collections 1.5.75"] = [],
        ["System.Device.Adc 1.1.24"] = [],
        ["System.Device.Dac 1.5.26"] = [],
        ["System.Device.Gpio 1.1.62"] = ["Runtime.Events 1.11.37"],
        ["System.Device.I2c 1.1.29"] = [],
        ["System.Device.I2s 1.0.28"] = [],
        ["System.Device.Spi 1.3.89"] = ["Runtime.Events 1.11.37", "System.Device.Gpio 1.1.62"],
        ["System.Device.Wifi 1.5.149"] = ["Runtime.Events 1.11.37", "System.Net 1.11.60"],
        ["System.IO.FileSystem 1.1.93"] = ["Runtime.Events 1.11.37", "System.IO.Streams 1.1.96", "System.Text 1.3.42"],
        ["System.IO.Hashing 1.0.40"] = [],
        ["System.IO.Ports 1.1.139"] = ["Runtime.Events 1.11.37", "System.IO.Streams 1.1.96"],
        ["System.IO.Streams 1.1.96"] = ["System.Text 1.3.42"],
        ["System.Math 1.5.116"] = [],
        ["System.Net 1.11.60"] = ["Runtime.Events 1.11.37", "System.IO.Streams 1.1.96", "System.Text 1.3.42", "System.Threading 1.1.52"],
        ["System.Security.Cryptography 1.0.43"] = [],
        ["System.Text 1.3.42"] = [],
        ["System.Threading 1.1.52"] = [],
    };

    /// <summary>Id and version, without the prefix that all share.</summary>
    private static readonly string[] Listed = [.. Xml("packages.config").Elements("package")
        .Select(package => $"{ShortId((string)package.Attribute("id")!)} {(string)package.Attribute("version")!}").Order(StringComparer.Ordinal)];

    [Fact]
    public void The_released_project_references_the_packages_of_its_packages_config_and_no_others() => Assert.Equal(
        Listed.Select(package => $"nanoFramework.{package.Replace(' ', '.')}"),
        Xml("PnnEdge.Firmware.Esp32.nfproj").Descendants().Where(element => element.Name.LocalName == "HintPath")
            .Select(path => path.Value.Split('\\')[1]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reference_is_the_assembly_that_its_package_holds()
    {
        XElement[] references = [.. Xml("PnnEdge.Firmware.Esp32.nfproj").Descendants().Where(element => element.Name.LocalName == "Reference")];
        Assert.Equal(Assemblies, references.Select(reference => (string)reference.Attribute("Include")!).Order(StringComparer.Ordinal));
        Assert.All(references, reference => Assert.EndsWith(
            $@"\lib\{(string)reference.Attribute("Include")!}.dll",
            reference.Elements().Single(element => element.Name.LocalName == "HintPath").Value, StringComparison.Ordinal));
    }

    [Fact]
    public void No_package_was_built_with_another_version_of_a_listed_one()
    {
        Assert.Equal(Listed, BuiltWith.Keys.Order(StringComparer.Ordinal));
        Assert.All(BuiltWith.Values.SelectMany(others => others), other => Assert.Contains(other, Listed));
    }

    [Fact]
    public void Every_package_that_is_declared_here_is_the_version_that_was_checked() => Assert.All(
        BaseLibraryTests.Versions, package => Assert.Contains($"{package.Key} {package.Value}", Listed));

    [Fact]
    public void A_package_that_nothing_is_declared_of_is_there_for_another_package() => Assert.All(
        Listed.Except(BaseLibraryTests.Versions.Select(package => $"{package.Key} {package.Value}")), NeededByAnother);

    [Fact]
    public void The_preview_project_names_the_same_packages_but_for_what_they_bring_themselves()
    {
        string[] listed = [.. Listed.Select(package => package.Split(' ')[0])];
        string[] named = [.. Xml("PnnEdge.Firmware.Esp32.csproj").Descendants("PackageReference").Select(package => ShortId((string)package.Attribute("Include")!))];
        Assert.All(named, package => Assert.Contains(package, listed));
        Assert.All(Listed.Where(package => !named.Contains(package.Split(' ')[0])), NeededByAnother);
    }

    private static void NeededByAnother(string package) => Assert.Contains(package, BuiltWith.Values.SelectMany(others => others));

    private static string ShortId(string id) => id["nanoFramework.".Length..];

    private static XElement Xml(string file) => XElement.Load(Path.Combine(NanoAssemblies.RepositoryRoot, Board, file));
}
