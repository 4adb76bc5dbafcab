using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.CSharp;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The real wire and the real firmware, board project included, as the build has compiled them for the device.</summary>
public sealed class ProductTests : IDisposable
{
    private readonly FileStream _library = File.OpenRead(NanoAssemblies.BaseLibrary);
    private readonly FileStream _wire = File.OpenRead(NanoAssemblies.Wire);
    private readonly FileStream _core = File.OpenRead(NanoAssemblies.FirmwareCore);
    private readonly FileStream _drivers = File.OpenRead(NanoAssemblies.FirmwareDrivers);
    private readonly FileStream _esp32 = File.OpenRead(NanoAssemblies.FirmwareEsp32);
    private readonly NanoAssemblySet _set;

    public ProductTests() => _set = new NanoAssemblySet(Own, [_library]);

    private FileStream[] Own => [_wire, _core, _drivers, _esp32];

    public void Dispose()
    {
        _library.Dispose();
        _wire.Dispose();
        _core.Dispose();
        _drivers.Dispose();
        _esp32.Dispose();
    }

    [Fact]
    public void Wire_holds_nothing_that_fails_on_the_device() => AssertNone(NanoIlCheck.Findings(_wire, NanoAllowList.Product, _set));

    [Fact]
    public void Firmware_core_holds_nothing_that_fails_on_the_device() =>
        AssertNone(NanoIlCheck.Findings(_core, NanoAllowList.Product, _set));

    [Fact]
    public void Firmware_drivers_hold_nothing_that_fails_on_the_device() =>
        AssertNone(NanoIlCheck.Findings(_drivers, NanoAllowList.Product, _set));

    [Fact]
    public void The_board_project_holds_nothing_that_fails_on_the_device() =>
        AssertNone(NanoIlCheck.Findings(_esp32, NanoAllowList.Board, _set));

    [Fact]
    public void No_line_of_the_allow_lists_is_out_of_use()
    {
        NanoAllowList used = Used(_wire, _core, _drivers), usedByBoard = Used(_esp32);
        AssertNone(NanoAllowList.Product.Entries.Where(entry => !used.HasMember(entry)));
        AssertNone(NanoAllowList.BoardAlone.Entries.Where(entry => !usedByBoard.HasMember(entry)));
    }

    [Fact]
    public void The_allow_lists_are_sorted_and_have_no_line_twice()
    {
        Assert.All(
            new[] { NanoAllowList.Product.Entries, NanoAllowList.BoardAlone.Entries },
            entries => Assert.Equal(entries.Distinct().Order(StringComparer.Ordinal), entries));
        Assert.Empty(NanoAllowList.Product.Entries.Intersect(NanoAllowList.BoardAlone.Entries));
    }

    [Fact]
    public void No_hardware_is_on_the_list_of_the_core() => AssertNone(NanoAllowList.Product.Entries.Where(entry =>
        entry.StartsWith("System.Device.", StringComparison.Ordinal) || entry.StartsWith("nanoFramework.", StringComparison.Ordinal)));

    [Fact]
    public void No_array_is_used_as_one_of_its_base_type()
    {
        CSharpCompilation wire = NanoCompiler.Compilation("PnnEdge.Wire", NanoAssemblies.Sources("shared/PnnEdge.Wire", "Host"));
        CSharpCompilation core = NanoCompiler.Compilation(
            "PnnEdge.Firmware.Core", NanoAssemblies.Sources("firmware/PnnEdge.Firmware.Core"), NanoAssemblies.Wire);
        CSharpCompilation drivers = NanoCompiler.Compilation(
            "PnnEdge.Firmware.Drivers", NanoAssemblies.Sources("firmware/PnnEdge.Firmware.Drivers", "Host"), NanoAssemblies.Wire);
        CSharpCompilation esp32 = NanoCompiler.Compilation(
            "PnnEdge.Firmware.Esp32", NanoAssemblies.Sources("firmware/PnnEdge.Firmware.Esp32"), NanoAssemblies.Wire, NanoAssemblies.FirmwareCore, NanoAssemblies.FirmwareDrivers);
        CSharpCompilation[] all = [wire, core, drivers, esp32];
        Assert.All(all, compilation => Assert.NotEmpty(compilation.SyntaxTrees));
        AssertNone(all.SelectMany(NanoSourceCheck.Findings));
    }

    [Fact]
    public void They_refer_to_no_library_but_the_declared_one()
    {
        Assert.Equal(["mscorlib"], References(_wire));
        Assert.Equal(["PnnEdge.Wire", "mscorlib"], References(_core).Order(StringComparer.Ordinal));
        Assert.Equal(["mscorlib"], References(_drivers));
        Assert.Equal(
            ["PnnEdge.Firmware.Core", "PnnEdge.Firmware.Drivers", "PnnEdge.Wire", "mscorlib"], References(_esp32).Order(StringComparer.Ordinal));
        Assert.Empty(References(_library));
    }

    [Fact]
    public void The_host_only_part_of_wire_does_not_go_to_the_device() =>
        Assert.DoesNotContain(
            "PnnEdge.Wire.Host",
            Read(_wire, metadata => metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace))));

    private NanoAllowList Used(params FileStream[] assemblies) => new(assemblies.SelectMany(assembly => NanoIlCheck.LibraryMembersUsed(assembly, _set)).Distinct());

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
