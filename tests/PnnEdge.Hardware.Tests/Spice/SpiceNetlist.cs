using System.Globalization;

namespace PnnEdge.Hardware.Tests.Spice;

/// <summary>One element of a netlist that stands for a part of a schematic.</summary>
/// <param name="Name">As written, with the X of a subcircuit.</param>
/// <param name="Words">Nodes, value or model, parameters.</param>
internal sealed record SpiceElement(string Name, string[] Words)
{
    /// <summary>The part's reference, for a double amplifier with the letter of its half.</summary>
    public string Reference => Name.TrimStart('X');

    public string[] Nodes => Words[..(Reference[0] switch { 'U' or 'Q' => 3, _ => 2 })];

    /// <summary>SI; of a subcircuit the parameter that bears the part's letter.</summary>
    public double Value => SpiceNetlist.Number(Name[0] == 'X' ? Words.Single(word => word.StartsWith($"{Reference[0]}=", StringComparison.Ordinal))[2..] : Words[2]);
}

internal static class SpiceNetlist
{
    /// <summary>Elements that bear a part's reference; what ends in _model describes the inside of one, and is left out.</summary>
    public static List<SpiceElement> Elements(string path)
    {
        var elements = new List<SpiceElement>();
        bool inside = false;
        foreach (string line in File.ReadLines(path).Skip(1).Select(text => text.Split(';')[0].Trim()))
        {
            string first = line.Split(' ')[0];
            inside = first is ".control" or ".subckt" || (inside && first is not (".endc" or ".ends"));
            if (inside || line.Length == 0 || first[0] is '*' or '.' or '+' || first.EndsWith("_model", StringComparison.Ordinal)) { continue; }
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            elements.Add(new SpiceElement(words[0], words[1..]));
        }

        return elements;
    }

    /// <summary>A number with a suffix, as netlists (meg, m, u, n, p) and schematics (M, k, m, u, n, p) write it.</summary>
    public static double Number(string text)
    {
        string digits = text.TrimEnd([.. "kMmegunp"]);
        double scale = text[digits.Length..] switch { "" => 1, "meg" or "M" => 1e6, "k" => 1e3, "m" => 1e-3, "u" => 1e-6, "n" => 1e-9, "p" => 1e-12, _ => throw new FormatException($"'{text}' is no number with a suffix.") };
        return scale * double.Parse(digits, CultureInfo.InvariantCulture);
    }
}
