using PnnEdge.Cli.Results;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Test accuracy on the other unit over physical passes there: both recoveries, where the network came from, and the digital line.</summary>
internal static class TransferPlot
{
    /// <summary>Writes transfer.png and transfer.svg.</summary>
    public static void Save(Func<string, string> fileOf, TransferSummary summary, IReadOnlyList<TransferSeed> seeds, string label)
    {
        var plot = new StudyPlot(summary.CurvePasses.Select(pass => (double)pass));
        plot.Level(summary.DigitalBaseline, PlotSheet.Baseline, StudyWords.Baseline);
        plot.Level(summary.OnA.Mean, PlotSheet.Untouched, $"on unit {summary.FromSerial}, where it was trained");
        Curves("PAT goes on, old twin", PlotSheet.Pat, summary.OldTwin, seed => seed.OldTwin);
        if (summary.RefitTwin is not null) { Curves($"PAT goes on, {RefitWords.Of(summary.Twin, summary.Refit)}", PlotSheet.Refit, summary.RefitTwin, seed => seed.RefitTwin); }
        plot.Save(
            fileOf, $"{summary.Task} on {summary.System}, unit {summary.FromSerial} to {summary.ToSerial}", label, seeds.Count,
            $"physical passes of training on unit {summary.ToSerial}", Alignment.LowerRight);

        void Curves(string name, Color color, RecoveryFigures figures, Func<TransferSeed, IReadOnlyList<TransferPoint>> curveOf) => plot.Curves(
            seeds.Select(seed => curveOf(seed).Select(point => point.Accuracy)), color,
            FormattableString.Invariant($"{name}: {100 * figures.Curve[0].Mean:F1} % at first, {100 * figures.Recovered.Mean:F1} % at the end"));
    }
}
