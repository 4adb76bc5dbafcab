using PnnEdge.Hardware.Tests.Kicad;

namespace PnnEdge.Hardware.Tests;

/// <summary>The bills are exported by hardware/kicad.sh; whoever changes a schematic and forgets that finds it here, without KiCad.</summary>
public class BillOfMaterialsTests
{
    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void A_bill_lists_every_part_of_its_schematic_and_no_other(string bench) => Assert.Equal(
        Bench.Of(bench).Schematic.Parts.Where(part => part.InBill).Select(part => part.Reference).Order(StringComparer.Ordinal),
        Bench.Of(bench).Table("bom.csv").SelectMany(row => row["References"].Split(',')).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void A_bill_s_row_says_of_each_part_what_the_schematic_says(string bench)
    {
        Schematic schematic = Bench.Of(bench).Schematic;
        Assert.All(Bench.Of(bench).Table("bom.csv"), row =>
        {
            string[] references = row["References"].Split(',');
            Assert.Equal(references.Length, int.Parse(row["Quantity"]));
            Assert.All(references, reference => Assert.All(
                new[] { "Value", "Maker", "MPN", "Package", "Note" }, field => Assert.Equal(schematic[reference].Fields[field], row[field])));
        });
    }

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void Every_part_has_a_maker_s_number_and_a_package(string bench) => Assert.All(
        Bench.Of(bench).Schematic.Parts, part => Assert.All(new[] { "Maker", "MPN", "Package" }, field => Assert.NotEqual("", part.Fields[field])));

    [Theory]
    [MemberData(nameof(Bench.Names), MemberType = typeof(Bench))]
    public void The_picture_shows_every_part_with_its_value(string bench)
    {
        string picture = File.ReadAllText(Bench.Of(bench).File($"{bench}.svg"));
        Assert.All(Bench.Of(bench).Schematic.Parts, part =>
        {
            Assert.True(picture.Contains($"<desc>{part.Reference}</desc>", StringComparison.Ordinal) || picture.Contains($"<desc>{part.Reference}A</desc>", StringComparison.Ordinal), $"{part.Reference} is not in the picture.");
            if (part.Symbol != "pnnedge:TestPoint") { Assert.Contains($"<desc>{part.Value}</desc>", picture, StringComparison.Ordinal); }
        });
    }
}
