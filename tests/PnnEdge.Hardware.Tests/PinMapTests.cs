using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PnnEdge.Hardware.Tests.Kicad;

namespace PnnEdge.Hardware.Tests;

/// <summary>The pin maps, which the firmware's boards are held against, and the module's header on each schematic.</summary>
public partial class PinMapTests
{
    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Every_pin_of_the_map_goes_to_its_part(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        Assert.All(Pins(bench), pin =>
        {
            int net = schematic["U1"].Pins.Single(p => Gpio(p.Name) == pin.Gpio).Net;
            string[] goal = pin.Part.Split(' ');
            switch (pin.Part)
            {
                case "nothing":
                    Assert.Single(schematic.PinsOn(net));
                    break;
                case "monostable":
                    Assert.Equal(schematic["U2"].NetOfNamed("1A"), net);
                    break;
                case "interlock chain":
                    Assert.Equal(schematic.NetNamed("CHAIN"), ThroughResistor(schematic, net));
                    break;
                default:
                    int there = schematic.Parts.Single(part => part.Value.StartsWith(goal[0], StringComparison.Ordinal)).NetOfNamed(goal[1]);
                    Assert.Contains(there, new[] { net, ThroughResistor(schematic, net) });
                    break;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void No_other_signal_pin_of_the_module_is_connected(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        HashSet<int> mapped = [.. Pins(bench).Select(pin => pin.Gpio)];
        Assert.All(schematic["U1"].Pins.Where(pin => Gpio(pin.Name) is int gpio && !mapped.Contains(gpio)), pin => Assert.Single(schematic.PinsOn(pin.Net)));
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void The_pull_ups_and_pull_downs_that_the_map_asks_for_are_there(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        int found = 0;
        foreach ((int gpio, string part, string note) in Pins(bench))
        {
            foreach (Match asked in Pull().Matches(note))
            {
                int net = schematic["U1"].Pins.Single(pin => Gpio(pin.Name) == gpio).Net;
                if (part == "interlock chain") { net = schematic.NetNamed("CHAIN"); }
                string rail = asked.Groups[1].Value == "up" ? "+3V3A" : "GND";
                Assert.Contains(schematic.Parts, r => r.Symbol == "pnnedge:R" && r.Value == $"{asked.Groups[2].Value}k"
                    && r.Pins.Any(pin => pin.Net == net) && r.Pins.Any(pin => schematic.NameOf(pin.Net) == rail));
                found++;
            }
        }

        Assert.True(found >= 2, "enable line and chain at least");
    }

    private static List<(int Gpio, string Part, string Note)> Pins(string bench) =>
    [
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(Bench.Root, "pins", $"{Bench.Of(bench).PinMap}.json"))).RootElement.GetProperty("pins").EnumerateArray()
            .Select(pin => (pin.GetProperty("gpio").GetInt32(), pin.GetProperty("part").GetString()!, pin.GetProperty("note").GetString()!)),
    ];

    private static int? Gpio(string pinName) => GpioName().Match(pinName) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <returns>The net at the other end of the one resistor between two signals on this net; −1 where there is none.</returns>
    private static int ThroughResistor(Schematic schematic, int net) => schematic.Parts
        .Where(part => part.Symbol == "pnnedge:R" && part.Pins.Any(pin => pin.Net == net))
        .Select(part => part.Pins.Single(pin => pin.Net != net).Net)
        .Where(other => schematic.NameOf(other) is not ("GND" or "+3V3A"))
        .DefaultIfEmpty(-1).Single();

    [GeneratedRegex(@"IO(\d+)$")]
    private static partial Regex GpioName();

    [GeneratedRegex(@"pull-(up|down) (\d+(?:\.\d+)?) kOhm")]
    private static partial Regex Pull();
}
