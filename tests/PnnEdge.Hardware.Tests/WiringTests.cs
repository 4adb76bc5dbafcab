using PnnEdge.Hardware.Tests.Kicad;

namespace PnnEdge.Hardware.Tests;

/// <summary>Whoever solders along the wiring table has soldered the schematic: KiCad made the table's nets, this project's reader the other side.</summary>
public class WiringTests
{
    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void The_wires_of_the_table_join_exactly_the_pins_that_the_schematic_joins(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        IEnumerable<string> drawn = schematic.Nets.Select(net => schematic.PinsOn(net).Order(StringComparer.Ordinal).ToList())
            .Where(pins => pins.Count > 1).Select(pins => string.Join(' ', pins));
        Assert.Equal(drawn.Order(StringComparer.Ordinal), Soldered(bench).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void A_wire_bears_its_net_s_name_and_each_supply_a_colour_of_its_own(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        List<Dictionary<string, string>> rows = Bench.Of(bench).Table("wiring.csv");
        Assert.All(rows, row => Assert.Equal(row["net"] == "-" ? "" : row["net"], NetName(schematic, row["from"])));
        Assert.All(rows.GroupBy(row => row["net"]), net => Assert.Single(net.Select(row => row["colour"]).Distinct()));
        Assert.All(rows.Where(row => row["colour"] == "black"), row => Assert.Equal("GND", row["net"]));
        Assert.All(rows.Where(row => row["colour"] is "yellow" or "blue" or "brown" or "grey"), row => Assert.Contains(row["net"], new[] { "+5VA", "-5VA", "+12V", "-12V" }));
    }

    private static string NetName(Schematic schematic, string pin)
    {
        int dot = pin.IndexOf('.', StringComparison.Ordinal);
        return schematic.NameOf(schematic[pin[..dot]].NetOf(pin[(dot + 1)..]));
    }

    private static IEnumerable<string> Soldered(string bench)
    {
        var groups = new List<HashSet<string>>();
        foreach (Dictionary<string, string> row in Bench.Of(bench).Table("wiring.csv"))
        {
            List<HashSet<string>> met = [.. groups.Where(group => group.Contains(row["from"]) || group.Contains(row["to"]))];
            groups.RemoveAll(met.Contains);
            groups.Add([.. met.SelectMany(group => group), row["from"], row["to"]]);
        }

        return groups.Select(group => string.Join(' ', group.Order(StringComparer.Ordinal)));
    }
}
