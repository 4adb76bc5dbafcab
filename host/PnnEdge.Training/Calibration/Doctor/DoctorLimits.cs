using System.Globalization;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>Limits by check. All ours; a board's own data sheet may say more or less, and a limit of one's own replaces ours.</summary>
public sealed class DoctorLimits
{
    public const string Gain = "gain";
    public const string Offset = "offset";
    public const string Linearity = "linearity";
    public const string Range = "range";
    public const string Noise = "noise";
    public const string Crosstalk = "crosstalk";
    public const string Latency = "latency";

    private readonly Dictionary<string, double> _limits = All.ToDictionary(limit => limit.Name, limit => limit.Value);

    /// <summary>Name, ours, unit.</summary>
    public static IReadOnlyList<(string Name, double Value, string Unit, string What)> All { get; } =
    [
        (Gain, 2, "%", "off that of the wire"),
        (Offset, 1, "%", "of the reading's range, through a wire"),
        (Linearity, 2, "steps", "off the closest line, through a wire"),
        (Range, 95, "%", "of the drive's range that readings must follow, at least"),
        (Noise, 3, "steps", "rms of the noisiest level, through a wire; through a bench as many % of the reading's range"),
        (Crosstalk, -40, "dB", "of the sample before or after, and of a static output"),
        (Latency, 0.5, "samples", "off the sample that was played"),
    ];

    public double this[string name] => _limits[name];

    /// <param name="text"><c>name=value</c>.</param>
    /// <exception cref="FormatException">One sentence: what was asked and what is possible.</exception>
    public void Set(string text)
    {
        string[] parts = text.Split('=', 2);
        (string Name, double Value, string Unit, string What) known = All.FirstOrDefault(limit => limit.Name == parts[0].Trim());
        if (known.Name is null) { throw new FormatException($"There is no limit '{parts[0]}'; there are {string.Join(", ", All.Select(limit => limit.Name))}."); }
        if (parts.Length < 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            string asked = parts.Length < 2 ? string.Empty : parts[1];
            throw new FormatException(FormattableString.Invariant(
                $"Asked limit {known.Name} for '{asked}'; possible is a number of {known.Unit}, such as {known.Name}={known.Value}."));
        }

        _limits[known.Name] = value;
    }
}
