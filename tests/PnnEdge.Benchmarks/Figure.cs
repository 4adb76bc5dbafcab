using System.Globalization;

namespace PnnEdge.Benchmarks;

/// <summary>One measured number, by the name under which it is promised.</summary>
/// <param name="Least">What is promised, in the same unit; null where nothing is.</param>
/// <param name="Most">Likewise, where less is better.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Least = null, double? Most = null)
{
    private string? _missing;

    /// <summary>Nothing was measured here.</summary>
    public bool IsMissing => _missing is not null;

    /// <summary>Written so that a value that is no number does not hold; what could not be measured breaks no promise.</summary>
    public bool Holds => IsMissing || ((Least is null || Value >= Least) && (Most is null || Value <= Most));

    /// <summary>What was measured beside what is promised, in one sentence.</summary>
    public string Broken => string.Create(
        CultureInfo.InvariantCulture, $"{Name} is {Value:G4} {Unit}; promised is {(Least is null ? $"at most {Most}" : $"at least {Least}")}.");

    /// <summary>For JSON: a number, or the words in its place.</summary>
    public object NumberOrWords => _missing is null ? Value : _missing;

    public static Figure Missing(string name, string why = "not installed") => new(name, double.NaN, "") { _missing = why };

    public override string ToString() => IsMissing
        ? $"{Name,-56} {_missing}"
        : string.Create(CultureInfo.InvariantCulture, $"{Name,-56} {Value,12:G5} {Unit}");
}
