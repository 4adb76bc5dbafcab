using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.RaspberryPi.Tests.Support;

internal static class TestRigs
{
    public static PiRig Circuit => PiRig.Load("circuit");

    /// <summary>A drive and a node of the same range, nothing else.</summary>
    public static PiRig Echo => Circuit with { Name = "pi-echo", Actuators = [], Chips = [.. Circuit.Chips.Where(chip => chip.Kind != ChipKind.Mcp4728)] };

    /// <summary>The default rig's file with one line of it another.</summary>
    public static string Yaml(string line, string instead)
    {
        using var reader = new StreamReader(typeof(PiRig).Assembly.GetManifestResourceStream("rigs/circuit.yaml")!);
        string yaml = reader.ReadToEnd();
        Assert.Contains(line, yaml, StringComparison.Ordinal);
        int at = yaml.IndexOf(line, StringComparison.Ordinal);
        return yaml[..at] + instead + yaml[(at + line.Length)..];
    }
}
