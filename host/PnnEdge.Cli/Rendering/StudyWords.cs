namespace PnnEdge.Cli.Rendering;

/// <summary>What the tables and plots of <c>pnn drift</c> and <c>pnn transfer</c> say alike.</summary>
internal static class StudyWords
{
    public const string Baseline = "digital softmax regression";

    public static string Seeds(int seeds) => seeds == 1 ? "1 seed" : $"{seeds} seeds";

    /// <summary>How finely an accuracy can be told.</summary>
    public static string Resolution(int seeds, int testSamples) =>
        FormattableString.Invariant($"{Seeds(seeds)}; one of {testSamples} test samples is {100.0 / testSamples:G2} points.");

    /// <param name="refit">Null where none was refitted.</param>
    /// <returns>The end of a sentence: the error of a twin that was refitted.</returns>
    public static string Refitted(double? refit) => refit is double error ? FormattableString.Invariant($"{error:F2} refitted") : "none was refitted";
}
