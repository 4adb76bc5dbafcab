using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The board project shares every file with the virtual device but the board's own.</summary>
public class BoardProjectTests
{
    private const string Board = "firmware/PnnEdge.Firmware.Esp32/";
    private const string Released = Board + "PnnEdge.Firmware.Esp32.nfproj";
    private const string SdkStyle = Board + "PnnEdge.Firmware.Esp32.csproj";

    /// <summary>What the virtual device is made of, and the drivers, as the host compiles them.</summary>
    private static readonly string[] Shared =
    [
        "shared/PnnEdge.Wire/PnnEdge.Wire.csproj",
        "firmware/PnnEdge.Firmware.Core/PnnEdge.Firmware.Core.csproj",
        "firmware/PnnEdge.Firmware.Drivers/PnnEdge.Firmware.Drivers.csproj",
    ];

    /// <summary>Folders of the board project that only adapt, by the namespaces they may see.</summary>
    private static readonly string[] SeesTheDevice = ["Native/", "BoardParts.cs", "Application.cs", "Program.cs"];

    [Fact]
    public async Task Both_board_projects_compile_the_host_s_own_files_and_the_board_s()
    {
        string[] shared = [.. (await Task.WhenAll(Shared.Select(project => SourcesAsync(project)))).SelectMany(files => files)
            .Where(file => !file.Contains("/Host/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] released = await SourcesAsync(Released), sdkStyle = await SourcesAsync(SdkStyle, $"-p:NanoRefDir={Path.GetDirectoryName(NanoAssemblies.BaseLibrary)}");
        Assert.Equal(released, sdkStyle);
        Assert.Equal(shared, released.Where(file => !file.StartsWith(Board, StringComparison.Ordinal)));
        Assert.Equal(
            FilesOf(Board).Order(StringComparer.Ordinal),
            released.Where(file => file.StartsWith(Board, StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_board_s_adapters_see_the_device_s_libraries() => Assert.All(
        FilesOf(Board).Where(file => !SeesTheDevice.Any(adapter => file.StartsWith(Board + adapter, StringComparison.Ordinal))),
        file => Assert.DoesNotContain(
            Root(file).DescendantNodes().OfType<UsingDirectiveSyntax>().Select(import => import.Name!.ToString()),
            name => name.StartsWith("System.Device", StringComparison.Ordinal) || name.StartsWith("nanoFramework", StringComparison.Ordinal)));

    [Fact]
    public void No_type_of_the_board_is_declared_elsewhere_too()
    {
        ILookup<string, string> declared = FilesOf("firmware/", "shared/PnnEdge.Wire/", "host/PnnEdge.VirtualDevice/", "host/PnnEdge.RaspberryPi/")
            .SelectMany(file => Root(file).DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax)
                .Select(type => (type.Identifier.Text, File: file)))
            .ToLookup(type => type.Text, type => type.File);
        Assert.All(declared.Where(files => files.Any(file => file.StartsWith(Board, StringComparison.Ordinal))), files => Assert.Single(files));
    }

    [Fact]
    public void No_logic_of_the_firmware_stands_twice()
    {
        // 40 tokens are some five lines: below that, two adapters may be alike by chance.
        IGrouping<string, (string File, string Where)>[] twice = [.. FilesOf("firmware/", "shared/PnnEdge.Wire/", "host/PnnEdge.VirtualDevice/", "host/PnnEdge.RaspberryPi/")
            .SelectMany(file => Root(file).DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Select(method => (Body: (SyntaxNode?)method.Body ?? method.ExpressionBody, Where: method.Identifier.Text))
                .Where(method => method.Body?.DescendantTokens().Count() > 40)
                .Select(method => (Text: string.Join(' ', method.Body!.DescendantTokens().Select(token => token.Text)), File: file, method.Where)))
            .GroupBy(method => method.Text, method => (method.File, method.Where))
            .Where(copies => copies.Count() > 1)];
        Assert.True(twice.Length == 0, string.Join(Environment.NewLine, twice.Select(copies => string.Join(" = ", copies))));
    }

    private static IEnumerable<string> FilesOf(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(NanoAssemblies.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(NanoAssemblies.RepositoryRoot, path).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "packages"));

    private static SyntaxNode Root(string file) => CSharpSyntaxTree
        .ParseText(File.ReadAllText(Path.Combine(NanoAssemblies.RepositoryRoot, file)), cancellationToken: TestContext.Current.CancellationToken)
        .GetRoot(TestContext.Current.CancellationToken);

    /// <summary>What a project would compile, as MSBuild evaluates it; relative to the repository, in ordinal order, without generated files.</summary>
    private static async Task<string[]> SourcesAsync(string project, params string[] arguments)
    {
        (int exitCode, string output) = await DotNet.RunAsync(["msbuild", project, "-nologo", "-getItem:Compile", .. arguments]);
        Assert.True(exitCode == 0, output);
        using JsonDocument items = JsonDocument.Parse(output);
        return [.. items.RootElement.GetProperty("Items").GetProperty("Compile").EnumerateArray()
            .Select(item => Path.GetRelativePath(NanoAssemblies.RepositoryRoot, item.GetProperty("FullPath").GetString()!).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.StartsWith("artifacts/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }
}
