using PnnEdge.Hardware.Tests.Kicad;
using PnnEdge.Hardware.Tests.Spice;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Hardware.Tests;

/// <summary>What ngspice simulates is what the schematic draws, with the values that the simulators have.</summary>
public class NetlistTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (Bench bench in Bench.All)
            {
                pairs.Add(bench.Name, $"{bench.Name}_bench.cir");
                pairs.Add(bench.Name, "../../enable.cir");
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_element_lies_between_the_nets_of_its_part_and_has_its_value(string bench, string netlist)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        List<SpiceElement> elements = SpiceNetlist.Elements(Bench.Of(bench).File(netlist));
        var netOfNode = new Dictionary<string, int>();
        Assert.True(elements.Count > 5, "a netlist without parts");
        foreach (SpiceElement element in elements)
        {
            Part part = PartOf(schematic, element);
            int[] nets = [.. PinOrder(part, element).Select(part.NetOf)];
            if (IsEitherWay(part) && !nets.Zip(element.Nodes).All(end => Fits(schematic, netOfNode, end.First, end.Second))) { Array.Reverse(nets); }
            for (int end = 0; end < nets.Length; end++)
            {
                string node = element.Nodes[end];
                Assert.True(Fits(schematic, netOfNode, nets[end], node), $"{element.Name}: {node} in the netlist is not '{schematic.NameOf(nets[end])}' in the schematic");
                netOfNode[node.ToUpperInvariant()] = nets[end];
            }

            if (element.Reference[0] is 'R' or 'C' or 'L')
            {
                Assert.Equal(SpiceNetlist.Number(part.Value), element.Value, 1e-9 * element.Value); // decimal to binary
            }
        }

        Assert.Equal(netOfNode.Count, netOfNode.Values.Distinct().Count());
    }

    [Fact]
    public void The_codec_bench_is_the_circuit_of_the_codec_rate()
    {
        CircuitParameters p = CircuitParameters.CodecRate;
        Dictionary<string, SpiceElement> parts = SpiceNetlist.Elements(Bench.Of("codec").Netlist).ToDictionary(element => element.Reference);
        double copper = SpiceNetlist.Number(parts["L1"].Words.Single(word => word.StartsWith("copper=", StringComparison.Ordinal))["copper=".Length..]);
        Assert.Equal(p.LoopResistanceOhm, parts["R16"].Value + parts["R17"].Value + copper, 1e-9);
        Assert.Equal(p.InductanceHenry, parts["L1"].Value, 1e-12);
        Assert.Equal(p.CapacitanceFarad, parts["C26"].Value, 1e-15);
        Assert.Equal(p.ParallelResistanceOhm, parts["R18"].Value, 1e-6);
    }

    [Fact]
    public void The_slow_bench_is_the_ladder_that_is_published_alone()
    {
        Dictionary<string, double> ladder = Ngspice.Parameters(Ngspice.Ladder);
        Dictionary<string, SpiceElement> parts = SpiceNetlist.Elements(Bench.Of("slow").Netlist).ToDictionary(element => element.Reference);
        Assert.Equal(
            new[] { "R1", "C1", "R2", "C2", "Rp" }.Select(name => ladder[name]),
            new[] { "R21", "C26", "R22", "C27", "R23" }.Select(reference => parts[reference].Value));
    }

    [Fact]
    public void The_transistor_of_the_benches_is_the_simulator_s()
    {
        CircuitParameters p = CircuitParameters.Nominal;
        Dictionary<string, double> found = Assignments(Path.Combine(Bench.Root, "parts.lib"), ".subckt n2n7000");
        Assert.Equal(
            [p.ThresholdVolts, p.TransconductanceAmperePerSquareVolt, p.SlopeFactor, p.SaturationAmpere, p.DiodeEmissionFactor, p.ThermalVolts],
            new[] { "Vth", "beta", "n", "Is", "nd", "Vt" }.Select(name => found[name]));
    }

    [Fact]
    public void The_speaker_and_the_plate_of_the_mechanical_bench_are_the_simulator_s()
    {
        PlateParameters p = PlateParameters.Nominal;
        Dictionary<string, double> found = Assignments(Bench.Of("plate").Netlist, ".param Re");
        (string Name, double Expected)[] expected =
        [
            ("Re", p.Speaker.CoilOhm), ("Le", p.Speaker.CoilHenry), ("Bl", p.Speaker.ForceFactorTeslaMetre), ("Mms", p.Speaker.ConeKilogram),
            ("Rms", p.Speaker.DragNewtonSecondPerMetre), ("Kms", p.Speaker.StiffnessNewtonPerMetre), ("plate", p.Plate.Kilogram),
        ];
        Assert.All(expected, pair => Assert.Equal(pair.Expected, found[pair.Name], 1e-6 * pair.Expected)); // the plate's mass is written with seven digits
    }

    private static Dictionary<string, double> Assignments(string path, string begin) => File.ReadLines(path).First(line => line.StartsWith(begin, StringComparison.Ordinal))
        .Split(' ').Where(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => Si(pair[1]));

    private static double Si(string text) => text.Contains('e', StringComparison.Ordinal) && !text.EndsWith("meg", StringComparison.Ordinal)
        ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
        : SpiceNetlist.Number(text);

    private static Part PartOf(Schematic schematic, SpiceElement element) => schematic.Has(element.Reference) ? schematic[element.Reference]
        : schematic.Has(element.Reference[..^1]) ? schematic[element.Reference[..^1]]
        : throw new InvalidOperationException($"{element.Name} is in the netlist and not in the schematic.");

    private static bool IsEitherWay(Part part) => part.Reference[0] is 'R' or 'C' or 'L';

    private static string[] PinOrder(Part part, SpiceElement element) => (part.Symbol, element.Reference[^1]) switch
    {
        ("pnnedge:OPAMP2", 'A') => ["3", "2", "1"],
        ("pnnedge:OPAMP2", 'B') => ["5", "6", "7"],
        ("pnnedge:LM1875", _) => ["1", "2", "4"],
        ("pnnedge:NMOS", _) => ["3", "2", "1"],
        ("pnnedge:D" or "pnnedge:LED", _) => ["2", "1"],
        _ => ["1", "2"],
    };

    /// <summary>A named net is its name; a nameless one is always the same node.</summary>
    private static bool Fits(Schematic schematic, Dictionary<string, int> netOfNode, int net, string node) => schematic.NameOf(net) switch
    {
        "" => netOfNode.GetValueOrDefault(node.ToUpperInvariant(), net) == net,
        "GND" => node == "0",
        string name => name.TrimStart('+').Equals(node, StringComparison.OrdinalIgnoreCase), // a node does not begin with a plus
    };
}
