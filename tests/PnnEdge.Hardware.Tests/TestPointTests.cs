using System.Globalization;
using PnnEdge.Hardware.Tests.Kicad;
using PnnEdge.Hardware.Tests.Spice;

namespace PnnEdge.Hardware.Tests;

/// <summary>The values that a builder compares his meter with.</summary>
public class TestPointTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Ngspice_finds_the_printed_value_at_every_test_point(string bench)
    {
        int compared = 0;
        foreach (Dictionary<string, string> row in Bench.Of(bench).Table("test-points.csv").Where(row => row["source"].EndsWith(".cir", StringComparison.Ordinal)))
        {
            Dictionary<string, double> found = SpiceValues.Of(Bench.Of(bench).File(row["source"]));
            Assert.True(found.ContainsKey(row["measure"]), $"{row["source"]} does not print {row["measure"]}");
            double printed = Number(row["value"]), measured = found[row["measure"]];
            output.WriteLine($"{row["point"]} {row["condition"]}: {measured:g6} {row["unit"]}, printed {row["value"]}");

            // Half of the last printed digit, and what ngspice's step control (reltol 1e-6; 1 ns of an edge, 1 % of the pulse) may move it over the edge of rounding.
            double last = Math.Pow(10, -(row["value"].Contains('.', StringComparison.Ordinal) ? row["value"].Length - row["value"].IndexOf('.', StringComparison.Ordinal) - 1 : 0));
            Assert.Equal(printed, measured, (0.5 * last) + ((row["unit"] == "ns" ? 1e-2 : 1e-5) * Math.Abs(printed)));
            compared++;
        }

        Assert.True(compared >= 15, $"{compared} points compared");
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Every_test_point_of_the_schematic_is_in_the_table_and_on_its_net(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        List<Dictionary<string, string>> rows = Bench.Of(bench).Table("test-points.csv");
        IEnumerable<Part> points = schematic.Parts.Where(part => part.Symbol == "pnnedge:TestPoint");
        Assert.Empty(points.Select(part => part.Reference).Except(rows.Select(row => row["point"])));
        Assert.All(points, point => Assert.Equal(point.Value, schematic.NameOf(point.Pins.Single().Net)));
        Assert.All(rows, row => Assert.Contains(schematic[row["point"]].Pins, pin => schematic.NameOf(pin.Net) == row["net"]));
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Every_value_has_a_tolerance_with_its_reason(string bench) => Assert.All(Bench.Of(bench).Table("test-points.csv"), row =>
    {
        Assert.True(Number(row["tolerance"]) > 0 || row["net"] == "GND", $"{row["point"]} {row["condition"]}");
        Assert.NotEqual("", row["reason"]);
        Assert.Contains(row["unit"], new[] { "V", "V/V", "mA", "ms", "ns", "Hz", "ohm" });
    });

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
