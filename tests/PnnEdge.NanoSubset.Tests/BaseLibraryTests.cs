using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The declaration is only as good as what it was checked against: each type says what that was.</summary>
public partial class BaseLibraryTests
{
    /// <summary>By the package's id without "nanoFramework.".</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new Dictionary<string, string>
    {
        ["CoreLibrary"] = "1.17.11",
        ["Hardware.Esp32"] = "1.6.40",
        ["M2Mqtt"] = "5.1.220",
        ["Networking.Sntp"] = "1.6.42",
        ["Runtime.Native"] = "1.7.11",
        ["System.Collections"] = "1.5.75",
        ["System.Device.Adc"] = "1.1.24",
        ["System.Device.Dac"] = "1.5.26",
        ["System.Device.Gpio"] = "1.1.62",
        ["System.Device.I2c"] = "1.1.29",
        ["System.Device.I2s"] = "1.0.28",
        ["System.Device.Spi"] = "1.3.89",
        ["System.Device.Wifi"] = "1.5.149",
        ["System.IO.FileSystem"] = "1.1.93",
        ["System.IO.Hashing"] = "1.0.40",
        ["System.IO.Ports"] = "1.1.139",
        ["System.IO.Streams"] = "1.1.96",
        ["System.Math"] = "1.5.116",
        ["System.Net"] = "1.11.60",
        ["System.Security.Cryptography"] = "1.0.43",
        ["System.Text"] = "1.3.42",
        ["System.Threading"] = "1.1.52",
    };

    private static string Folder => Path.Combine(NanoAssemblies.RepositoryRoot, "tests", "PnnEdge.Nano.BaseLibrary");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_type_names_the_package_version_and_file_it_was_checked_against(string file)
    {
        string package = file.Split(Path.DirectorySeparatorChar)[0];
        MemberDeclarationSyntax[] types = [.. Root(file).DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member.Parent is BaseNamespaceDeclarationSyntax)];
        Assert.NotEmpty(types);
        Assert.All(types, type =>
        {
            Match note = Note().Match(type.GetLeadingTrivia().ToString());
            Assert.True(note.Success, $"A type in {file} does not say what it was checked against.");
            Assert.Equal((package, Versions[package]), (note.Groups["package"].Value, note.Groups["version"].Value));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_member_is_declared_and_not_implemented(string file)
    {
        Assert.All(
            Root(file).DescendantNodes().OfType<ArrowExpressionClauseSyntax>(),
            body => Assert.Equal("throw null", body.Expression.ToString()));
        Assert.All(Root(file).DescendantNodes().OfType<StatementSyntax>(), statement => Assert.IsType<BlockSyntax>(statement));
    }

    private static SyntaxNode Root(string file) => CSharpSyntaxTree
        .ParseText(File.ReadAllText(Path.Combine(Folder, file)), new CSharpParseOptions(LanguageVersion.CSharp9))
        .GetRoot(TestContext.Current.CancellationToken);

    [GeneratedRegex(@"// (?<package>[A-Za-z0-9.]+) (?<version>[0-9.]+): \S+\.cs\b")]
    private static partial Regex Note();
}
