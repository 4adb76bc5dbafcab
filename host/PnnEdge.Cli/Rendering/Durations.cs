using System.Globalization;

namespace PnnEdge.Cli.Rendering;

internal static class Durations
{
    /// <summary>Such as <c>8 s</c>, <c>2 min 05 s</c> or <c>1 h 12 min</c>.</summary>
    public static string Short(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        < 3600 => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };
}
