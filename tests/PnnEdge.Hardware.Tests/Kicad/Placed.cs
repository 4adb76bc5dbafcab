namespace PnnEdge.Hardware.Tests.Kicad;

/// <summary>One symbol on the sheet: a part, one of its units, or a power symbol.</summary>
internal sealed class Placed(Sexp symbol, Sexp library)
{
    public string Symbol { get; } = library.Word(1);

    public bool IsPower { get; } = library.Lists("power").Any();

    public bool InBill { get; } = symbol.List("in_bom").Word(1) == "yes";

    public IReadOnlyDictionary<string, string> Fields { get; } = symbol.Lists("property").ToDictionary(field => field.Word(1), field => field.Word(2));

    public string Reference => Fields["Reference"];

    public string Value => Fields["Value"];

    public IReadOnlyList<(string Number, string Name, Place Place)> Pins { get; } =
    [
        .. library.Lists("symbol").Where(unit => IsOfUnit(unit.Word(1), symbol.List("unit").Word(1))).SelectMany(unit => unit.Lists("pin"))
            .Select(pin => (pin.List("number").Word(1), pin.List("name").Word(1), Place.OfPin(symbol.List("at"), pin.List("at")))),
    ];

    /// <param name="name">NAME_UNIT_STYLE; unit 0 is drawn with every unit.</param>
    private static bool IsOfUnit(string name, string unit)
    {
        string[] words = name.Split('_');
        return words[^2] == unit || words[^2] == "0";
    }
}
