using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.CSharp;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The real wire and the real firmware core, as the build has compiled them for the device.</summary>
public sealed class ProductTests : IDisposable
{
    private readonly FileStream _library = File.OpenRead(NanoAssemblies.BaseLibrary);
    private readonly FileStream _wire = File.OpenRead(NanoAssemblies.Wire);
    private readonly FileStream _core = File.OpenRead(NanoAssemblies.FirmwareCore);
    private readonly NanoAssemblySet _set;

    public ProductTests() => _set = new NanoAssemblySet([_wire, _core], [_library]);

    public void Dispose()
    {
        _library.Dispose();
        _wire.Dispose();
        _core.Dispose();
    }

    [Fact]
    public void Wire_holds_nothing_that_fails_on_the_device() => AssertNone(NanoIlCheck.Findings(_wire, NanoAllowList.Product, _set));

    [Fact]
    public void Firmware_core_holds_nothing_that_fails_on_the_device() =>
        AssertNone(NanoIlCheck.Findings(_core, NanoAllowList.Product, _set));

    [Fact]
    public void No_line_of_the_allow_list_is_out_of_use()
    {
        NanoAllowList used = new(NanoIlCheck.LibraryMembersUsed(_wire, _set).Union(NanoIlCheck.LibraryMembersUsed(_core, _set)));
        AssertNone(NanoAllowList.Product.Entries.Where(entry => !used.HasMember(entry)));
    }

    [Fact]
    public void The_allow_list_is_sorted_and_has_no_line_twice()
    {
        IReadOnlyList<string> entries = NanoAllowList.Product.Entries;
        Assert.Equal(entries.Distinct().Order(StringComparer.Ordinal), entries);
    }

    [Fact]
    public void Wire_and_firmware_core_use_no_array_as_one_of_its_base_type()
    {
        CSharpCompilation wire = NanoCompiler.Compilation("PnnEdge.Wire", NanoAssemblies.Sources("shared/PnnEdge.Wire", "Host"));
        CSharpCompilation core = NanoCompiler.Compilation(
            "PnnEdge.Firmware.Core", NanoAssemblies.Sources("firmware/PnnEdge.Firmware.Core"), NanoAssemblies.Wire);
        Assert.NotEmpty(wire.SyntaxTrees);
        Assert.NotEmpty(core.SyntaxTrees);
        AssertNone(NanoSourceCheck.Findings(wire).Concat(NanoSourceCheck.Findings(core)));
    }

    [Fact]
    public void They_refer_to_no_library_but_the_declared_one()
    {
        Assert.Equal(["mscorlib"], References(_wire));
        Assert.Equal(["PnnEdge.Wire", "mscorlib"], References(_core).Order(StringComparer.Ordinal));
        Assert.Empty(References(_library));
    }

    [Fact]
    public void The_host_only_part_of_wire_does_not_go_to_the_device() =>
        Assert.DoesNotContain(
            "PnnEdge.Wire.Host",
            Read(_wire, metadata => metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace))));

    /// <summary>Names every one: each is a line to review.</summary>
    private static void AssertNone<T>(IEnumerable<T> refused)
    {
        string lines = string.Join(Environment.NewLine, refused);
        Assert.True(lines.Length == 0, lines);
    }

    private static string[] References(FileStream assembly) => Read(
        assembly,
        metadata => metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)));

    private static string[] Read(FileStream assembly, Func<MetadataReader, IEnumerable<string>> names)
    {
        assembly.Position = 0;
        using PEReader image = new(assembly, PEStreamOptions.LeaveOpen);
        return [.. names(image.GetMetadataReader())];
    }
}
