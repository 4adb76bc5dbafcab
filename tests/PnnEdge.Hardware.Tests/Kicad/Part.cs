namespace PnnEdge.Hardware.Tests.Kicad;

/// <summary>A pin of a placed part.</summary>
/// <param name="Net">Index into the schematic's nets.</param>
internal readonly record struct Pin(string Number, string Name, int Net);

/// <summary>A part, its units together.</summary>
/// <param name="Fields">By name: Value, Maker, MPN, Package, Note.</param>
internal sealed record Part(string Reference, string Symbol, bool InBill, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<Pin> Pins)
{
    public string Value => Fields["Value"];

    public int NetOf(string number) => Pins.Single(pin => pin.Number == number).Net;

    /// <param name="name">As the data sheet writes it; of a pin with a bar over its name, without the bar where no other pin bears that name.</param>
    public int NetOfNamed(string name) => Pins.Where(pin => pin.Name == name).DefaultIfEmpty(Pins.FirstOrDefault(pin => pin.Name == $"~{{{name}}}", new Pin("", name, -1))).Single() is { Net: >= 0 } found
        ? found.Net
        : throw new ArgumentException($"{Reference} has no pin {name}.");
}
