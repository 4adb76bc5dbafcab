namespace PnnEdge.Hardware.Tests.Kicad;

/// <summary>One flat sheet of KiCad 8 or newer, with the connections that its wires, labels and power symbols make.</summary>
internal sealed class Schematic
{
    private readonly Dictionary<string, Part> _parts;
    private readonly List<string> _names;

    private Schematic(Dictionary<string, Part> parts, List<string> names)
    {
        _parts = parts;
        _names = names;
    }

    public IEnumerable<Part> Parts => _parts.Values;

    public Part this[string reference] => _parts[reference];

    public bool Has(string reference) => _parts.ContainsKey(reference);

    /// <returns>Label or power symbol; empty where nobody named the net.</returns>
    public string NameOf(int net) => _names[net];

    public int NetNamed(string name) => _names.IndexOf(name);

    /// <summary>Every pin on a net, as REFERENCE.PIN.</summary>
    public IEnumerable<string> PinsOn(int net) => Parts.SelectMany(part => part.Pins.Where(pin => pin.Net == net).Select(pin => $"{part.Reference}.{pin.Number}"));

    public IEnumerable<int> Nets => Enumerable.Range(0, _names.Count);

    public static Schematic Load(string path) => Read(File.ReadAllText(path));

    public static Schematic Read(string text)
    {
        Sexp sheet = Sexp.Parse(text);
        if (sheet.Lists("sheet").Any() || sheet.Lists("global_label").Any() || sheet.Lists("symbol").Any(symbol => symbol.Lists("mirror").Any()))
        {
            throw new NotSupportedException("This reader knows one flat sheet with local labels and without mirrored symbols.");
        }

        Dictionary<string, Sexp> library = sheet.List("lib_symbols").Lists("symbol").ToDictionary(symbol => symbol.Word(1));
        List<Placed> placed = [.. sheet.Lists("symbol").Select(symbol => new Placed(symbol, library[symbol.List("lib_id").Word(1)]))];
        Dictionary<Place, string> names = [];
        Joints joints = Wires(sheet);
        var firstOf = new Dictionary<string, Place>();
        foreach ((Place place, string name) in sheet.Lists("label").Select(label => (Place.Of(label.List("at")), label.Word(1)))
            .Concat(placed.Where(symbol => symbol.IsPower && symbol.Value != "PWR_FLAG").Select(symbol => (symbol.Pins.Single().Place, symbol.Value))))
        {
            if (firstOf.TryGetValue(name, out Place first)) { joints.Join(place, first); }
            firstOf.TryAdd(name, place);
        }

        foreach ((string name, Place place) in firstOf)
        {
            if (!names.TryAdd(joints.Root(place), name)) { throw new FormatException($"One net bears the names {names[joints.Root(place)]} and {name}."); }
        }

        return Collect(placed, joints, names);
    }

    private static Joints Wires(Sexp sheet)
    {
        List<(Place A, Place B)> wires = [.. sheet.Lists("wire").Select(wire => wire.List("pts")).Select(points => (Place.Of(points.Items[1]), Place.Of(points.Items[2])))];
        var joints = new Joints();
        foreach ((Place a, Place b) in wires) { joints.Join(a, b); }

        // A label or a dot in the middle of a wire holds on to it; a wire's end or a pin there does not.
        foreach (Place place in sheet.Lists("label").Concat(sheet.Lists("junction")).Select(item => Place.Of(item.List("at"))))
        {
            foreach ((Place a, Place _) in wires.Where(wire => place.LiesOn(wire.A, wire.B))) { joints.Join(place, a); }
        }

        return joints;
    }

    private static Schematic Collect(List<Placed> placed, Joints joints, Dictionary<Place, string> names)
    {
        var nets = new Dictionary<Place, int>();
        var netNames = new List<string>();
        int Net(Place place)
        {
            Place root = joints.Root(place);
            if (!nets.TryGetValue(root, out int net))
            {
                nets[root] = net = nets.Count;
                netNames.Add(names.GetValueOrDefault(root, ""));
            }

            return net;
        }

        Dictionary<string, Part> parts = placed.Where(symbol => !symbol.IsPower).GroupBy(symbol => symbol.Reference).ToDictionary(
            units => units.Key,
            units => new Part(
                units.Key,
                units.First().Symbol,
                units.First().InBill,
                units.First().Fields,
                [.. units.SelectMany(unit => unit.Pins).Select(pin => new Pin(pin.Number, pin.Name, Net(pin.Place)))]));
        return new Schematic(parts, netNames);
    }
}
