using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods.Adaptation;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Test accuracy over the shots of a drift: one curve for each answer, and the digital line.</summary>
internal static class DriftPlot
{
    private const int WidthPixels = 1000;
    private const int HeightPixels = 560;

    /// <summary>Writes drift.png and drift.svg.</summary>
    public static void Save(Func<string, string> fileOf, DriftSummary summary, IReadOnlyList<DriftSeed> seeds, string label)
    {
        Multiplot sheet = PlotSheet.Rows(1);
        Plot plot = sheet.GetPlot(0);
        double[] shots = [.. summary.Shots.Select(shot => (double)shot)];
        double digital = 100 * summary.DigitalBaseline;
        PlotSheet.Line(plot, [0, shots[^1] * PlotSheet.RoomForLastLabel], [digital, digital], PlotSheet.Baseline, 1.5f).LegendText = FormattableString.Invariant($"digital softmax regression: {digital:F1} %");
        foreach (DriftAnswer answer in Enum.GetValues<DriftAnswer>())
        {
            if (summary.Of(answer) is not AnswerFigures figures) { continue; }
            double[][] each = [.. seeds.Select(seed => seed.Stages.Select(stage => 100 * stage.Of(answer)).ToArray())];
            PlotSheet.Seeds(plot, shots, each, DriftWords.ColorOf(answer), FormattableString.Invariant($"{DriftWords.Of(answer, summary)}: {100 * figures.Last.Mean:F1} % at the end"));
        }

        plot.Title($"{string.Join(", ", summary.Fault)}: {summary.Task} on {summary.System}\n{label}; {seeds.Count} {(seeds.Count == 1 ? "seed" : "seeds")}");
        plot.XLabel("shots since the drift began");
        plot.YLabel("test accuracy / %");
        plot.Axes.SetLimits(0, shots[^1] * PlotSheet.RoomForLastLabel, 0, 102);
        plot.Legend.Alignment = Alignment.LowerLeft;
        PlotSheet.Style(plot);
        PlotFile.Save(sheet, fileOf("png"), fileOf("svg"), WidthPixels, HeightPixels);
    }
}
