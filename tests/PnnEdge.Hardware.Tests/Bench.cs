using System.Reflection;
using PnnEdge.Hardware.Tests.Kicad;
using PnnEdge.Hardware.Tests.Tables;

namespace PnnEdge.Hardware.Tests;

/// <summary>One bench's folder: schematic, tables and netlist.</summary>
/// <param name="PinMap">The board's file under hardware/pins.</param>
public sealed record Bench(string Name, string Kind, string PinMap)
{
    public static IReadOnlyList<Bench> All { get; } =
    [
        new("codec", "electronic", "esp32-i2s"),
        new("slow", "electronic", "esp32-spi"),
        new("plate", "mechanical", "esp32-i2s"),
    ];

    public static TheoryData<string> Names => new(All.Select(bench => bench.Name));

    public static string Root { get; } = Path.Combine(
        typeof(Bench).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "hardware");

    public string Netlist => File($"{Name}_bench.cir");

    internal Schematic Schematic => Schematic.Load(File($"{Name}.kicad_sch"));

    public static Bench Of(string name) => All.Single(bench => bench.Name == name);

    public string File(string name) => Path.GetFullPath(Path.Combine(Root, Kind, Name, name));

    internal List<Dictionary<string, string>> Table(string name) => CsvTable.Read(File(name));
}
