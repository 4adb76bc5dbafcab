using System.Text.Json;
using PnnEdge.Hardware.Tests.Kicad;
using PnnEdge.Hardware.Tests.Spice;

namespace PnnEdge.Hardware.Tests;

/// <summary>What hardware/SAFETY.md promises of the three circuits.</summary>
public class SafetyTests
{
    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void The_relay_s_coil_has_no_supply_but_through_the_chain(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        int supply = schematic.NetNamed("RELAY_5V");
        Assert.Equal(["J2.2"], schematic.PinsOn(supply).Where(pin => pin[0] is not ('K' or 'R' or 'D')));
        Assert.Equal("+5V", schematic.NameOf(schematic["J2"].NetOf("1")));
        Assert.Equal(supply, Coil(schematic).Item1);
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void The_coil_needs_both_monostables(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        Part upper = schematic["Q1"], lower = schematic["Q2"];
        (string drain, string gate, string source) = upper.Symbol == "pnnedge:NMOS" ? ("3", "2", "1") : ("2", "1", "3");
        Assert.Equal(Coil(schematic).Item2, upper.NetOf(drain));
        Assert.Equal([$"Q1.{source}", $"Q2.{drain}"], schematic.PinsOn(upper.NetOf(source)).Order(StringComparer.Ordinal));
        Assert.Equal("GND", schematic.NameOf(lower.NetOf(source)));
        Assert.Equal((schematic["U3"].NetOfNamed("1Q"), schematic["U3"].NetOfNamed("2Q")), (upper.NetOf(gate), lower.NetOf(gate)));
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void An_open_chain_resets_both_monostables(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        Assert.All(new[] { "1R", "2R" }, reset => Assert.Equal(schematic.NetNamed("CHAIN"), schematic["U3"].NetOfNamed(reset)));
        Assert.Equal(["J2.4"], schematic.PinsOn(schematic.NetNamed("CHAIN")).Where(pin => pin[0] is 'J'));
        Assert.Equal("+3V3", schematic.NameOf(schematic["J2"].NetOf("3")));
    }

    [Theory]
    [InlineData("codec", "2", "7")]
    [InlineData("slow", "2", "7")]
    [InlineData("plate", "4", null)]
    public void At_rest_the_relay_puts_what_it_drives_to_ground(string bench, string rest, string? otherRest)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        Assert.Equal("GND", schematic.NameOf(schematic["K1"].NetOf(rest)));
        if (otherRest is not null) { Assert.Equal("GND", schematic.NameOf(schematic["K1"].NetOf(otherRest))); }
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Both_monostables_last_as_long_as_the_pin_map_says(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        int millis = JsonDocument.Parse(File.ReadAllText(Path.Combine(Bench.Root, "pins", $"{Bench.Of(bench).PinMap}.json"))).RootElement.GetProperty("monostableMillis").GetInt32();
        Part u = schematic["U3"];
        Assert.All(new[] { ("1RxCx", "1Cx"), ("2RxCx", "2Cx") }, half =>
        {
            int node = u.NetOfNamed(half.Item1);
            Part resistor = schematic.Parts.Single(part => part.Symbol == "pnnedge:R" && part.Pins.Any(pin => pin.Net == node));
            Part capacitor = schematic.Parts.Single(part => part.Symbol == "pnnedge:C" && part.Pins.Any(pin => pin.Net == node));
            Assert.Contains(capacitor.Pins, pin => pin.Net == u.NetOfNamed(half.Item2));
            Assert.Contains(resistor.Pins, pin => schematic.NameOf(pin.Net) == "+5V");

            // CD74HCT123, TI SCHS142: 0.45·R·C at 5 V. The nearest resistor of the E12 row is within 1 %.
            Assert.Equal(millis, 0.45 * SpiceNetlist.Number(resistor.Value) * SpiceNetlist.Number(capacitor.Value) * 1e3, 0.011 * millis);
        });
    }

    [Theory]
    [InlineData("codec")]
    [InlineData("plate")]
    public void A_lost_enable_mutes_the_converter_within_its_levels(string bench)
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of(bench).Netlist);
        Assert.InRange(found["tp5_xsmt_enabled"], 0.7 * 3.3, 3.3); // PCM5102A, SLAS859C: high from 0.7 of its 3.3 V supply on
        Assert.InRange(found["tp5_xsmt_dropped"], 0, 0.3 * 3.3);
    }

    private static (int, int) Coil(Schematic schematic) => schematic["K1"].Symbol == "pnnedge:G6K-2P"
        ? (schematic["K1"].NetOf("1"), schematic["K1"].NetOf("8"))
        : (schematic["K1"].NetOf("2"), schematic["K1"].NetOf("5"));
}
