using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Rendering;

/// <summary>Accuracies for a person.</summary>
internal static class Figures
{
    /// <summary>Percent without the sign, such as <c>91.2 ± 0.8</c>; one seed has no spread.</summary>
    public static string Points(AccuracyFigures figures) => figures.Each.Count > 1
        ? FormattableString.Invariant($"{100 * figures.Mean:F1} ± {100 * figures.Sd:F1}")
        : FormattableString.Invariant($"{100 * figures.Mean:F1}");
}
