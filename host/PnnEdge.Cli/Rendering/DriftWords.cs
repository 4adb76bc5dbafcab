using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods.Adaptation;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>How tables and plots name the answers to a drift.</summary>
internal static class DriftWords
{
    public static string Of(DriftAnswer answer, DriftSummary summary) => answer switch
    {
        DriftAnswer.Nothing => "nothing",
        DriftAnswer.Compensation => "gain/offset compensated",
        DriftAnswer.OldTwin => "PAT goes on, old twin",
        DriftAnswer.RefitTwin => $"PAT goes on, {RefitWords.Of(summary.Twin, summary.Refit)}",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "There is no such answer."),
    };

    public static Color ColorOf(DriftAnswer answer) => answer switch
    {
        DriftAnswer.Nothing => PlotSheet.Untouched,
        DriftAnswer.Compensation => PlotSheet.InSilico,
        DriftAnswer.OldTwin => PlotSheet.Pat,
        DriftAnswer.RefitTwin => PlotSheet.Refit,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "There is no such answer."),
    };
}
