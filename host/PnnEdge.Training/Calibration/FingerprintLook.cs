using System.Globalization;

namespace PnnEdge.Training.Calibration;

/// <summary>How far a bench's answer to the probe lies from the kept one.</summary>
/// <param name="GainOff">Gain less 1.</param> <param name="MostGain">Of its size, that fits.</param>
/// <param name="OffsetOff">In spreads of the answer.</param> <param name="MostOffset">Of its size, that fits.</param>
/// <param name="Widths">Distance of shape.</param> <param name="MostWidths">That fits.</param>
public sealed record FingerprintLook(double GainOff, double MostGain, double OffsetOff, double MostOffset, double Widths, double MostWidths)
{
    /// <summary>NaN does not.</summary>
    public bool Fits => Math.Abs(GainOff) <= MostGain && Math.Abs(OffsetOff) <= MostOffset && Widths <= MostWidths;

    /// <summary>The largest of the three against what fits: 1 and less does.</summary>
    public double Worst => Math.Max(Math.Max(Math.Abs(GainOff) / MostGain, Math.Abs(OffsetOff) / MostOffset), Widths / MostWidths);

    /// <summary>How far off it is, part by part where one does not fit, else all: the middle of a sentence.</summary>
    public string Told
    {
        get
        {
            (bool Off, string Text)[] parts =
            [
                (!(Math.Abs(GainOff) <= MostGain), string.Create(CultureInfo.InvariantCulture, $"its gain is {100 * GainOff:+0.##;-0.##;0} % off (at most {100 * MostGain:0.##} %)")),
                (!(Math.Abs(OffsetOff) <= MostOffset), string.Create(CultureInfo.InvariantCulture, $"its offset is {100 * OffsetOff:+0.##;-0.##;0} % of the answers' spread off (at most {100 * MostOffset:0.##} %)")),
                (!(Widths <= MostWidths), string.Create(CultureInfo.InvariantCulture, $"the shape of its answers is {Widths:G3} widths of noise and allowed drift away (at most {MostWidths:G3})")),
            ];
            return string.Join(", ", parts.Where(part => part.Off || Fits).Select(part => part.Text));
        }
    }
}
