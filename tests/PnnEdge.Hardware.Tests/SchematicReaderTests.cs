using PnnEdge.Hardware.Tests.Kicad;

namespace PnnEdge.Hardware.Tests;

/// <summary>The reader finds what is wrong: each test changes one thing of a drawn schematic.</summary>
public class SchematicReaderTests
{
    private static string Text => File.ReadAllText(Bench.Of("codec").File("codec.kicad_sch"));

    [Fact]
    public void A_wire_that_is_gone_parts_its_pins()
    {
        string wire = Text.Split('\n').First(line => line.StartsWith("(wire", StringComparison.Ordinal));
        Assert.NotEqual(Schematic.Read(Text).Nets.Count(), Schematic.Read(Text.Replace(wire, "", StringComparison.Ordinal)).Nets.Count());
    }

    [Fact]
    public void A_net_of_two_names_is_refused()
    {
        string label = Text.Split('\n').First(line => line.StartsWith("(label \"MID\"", StringComparison.Ordinal));
        string twice = Text.Replace(label, $"{label}\n{label.Replace("MID", "OTHER", StringComparison.Ordinal)}", StringComparison.Ordinal);
        Assert.Equal("One net bears the names MID and OTHER.", Assert.Throws<FormatException>(() => Schematic.Read(twice)).Message);
    }

    [Fact]
    public void A_turned_symbol_s_pins_turn_with_it()
    {
        Sexp at = Sexp.Parse("(at 10 20 90)"), up = Sexp.Parse("(at 0 3.81 270)");
        Assert.Equal(Place.Of(10, 16.19), Place.OfPin(Sexp.Parse("(at 10 20 0)"), up));
        Assert.Equal(Place.Of(6.19, 20), Place.OfPin(at, up));
    }

    [Fact]
    public void What_the_reader_does_not_know_it_refuses() => Assert.Throws<NotSupportedException>(
        () => Schematic.Read(Text.Replace("(label \"MID\"", "(global_label \"MID\"", StringComparison.Ordinal)));

    [Fact]
    public void A_file_that_ends_too_early_is_refused() => Assert.Throws<FormatException>(() => Sexp.Parse(Text[..^3]));
}
