using PnnEdge.Hardware.Tests.Tables;

namespace PnnEdge.Hardware.Tests;

/// <summary>The optical bench has no schematic: its wiring table is held to what SAFETY.md says of it.</summary>
public class OpticalShutterTests
{
    private static readonly string[] Switches = ["EMERGENCY_STOP", "HOOD", "DOOR"];

    private static List<Dictionary<string, string>> Wires => CsvTable.Read(Path.Combine(Bench.Root, "optical", "shutter-wiring.csv"));

    [Theory]
    [InlineData("EMERGENCY_STOP")]
    [InlineData("HOOD")]
    [InlineData("DOOR")]
    public void Any_one_switch_opens_both_ways_of_the_chain(string opened)
    {
        string[] others = [.. Switches.Where(name => name != opened)];
        Assert.True(Reaches("5V", "CONTROLLER.J2.2", Switches));
        Assert.True(Reaches("CONTROLLER.J2.3", "CONTROLLER.J2.4", Switches));
        Assert.False(Reaches("5V", "CONTROLLER.J2.2", others));
        Assert.False(Reaches("CONTROLLER.J2.3", "CONTROLLER.J2.4", others));
    }

    [Fact]
    public void The_shutter_s_coil_has_no_supply_but_through_the_relay()
    {
        Assert.False(Reaches("SUPPLY_12V.+", "SHUTTER.COIL+", Switches));
        Assert.True(Reaches("CONTROLLER.K1.3", "SHUTTER.COIL+", []));
        Assert.True(Reaches("FUSE.2", "CONTROLLER.K1.4", []));
    }

    [Fact]
    public void The_laser_s_own_loop_shares_no_wire_with_the_chain() =>
        Assert.All(new[] { "5V", "CONTROLLER.J2.2", "CONTROLLER.J2.3", "CONTROLLER.J2.4" }, other => Assert.False(Reaches("LASER.INTERLOCK+", other, Switches)));

    private static bool Reaches(string from, string to, string[] closed)
    {
        (string, string)[] joints = [.. Wires.Select(wire => (wire["from"], wire["to"])), .. closed.SelectMany(name => new[] { ($"{name}.A1", $"{name}.A2"), ($"{name}.B1", $"{name}.B2") })];
        HashSet<string> reached = [from];
        while (joints.Where(joint => reached.Contains(joint.Item1) != reached.Contains(joint.Item2)).ToArray() is { Length: > 0 } next)
        {
            reached.UnionWith(next.SelectMany(joint => new[] { joint.Item1, joint.Item2 }));
        }

        return reached.Contains(to);
    }
}
