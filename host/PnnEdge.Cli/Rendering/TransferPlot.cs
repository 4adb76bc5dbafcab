using PnnEdge.Cli.Results;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Test accuracy on the other unit over physical passes there: both recoveries, where the network came from, and the digital line.</summary>
internal static class TransferPlot
{
    private const int WidthPixels = 1000;
    private const int HeightPixels = 560;

    /// <summary>Writes transfer.png and transfer.svg.</summary>
    public static void Save(Func<string, string> fileOf, TransferSummary summary, IReadOnlyList<TransferSeed> seeds, string label)
    {
        Multiplot sheet = PlotSheet.Rows(1);
        Plot plot = sheet.GetPlot(0);
        double[] passes = [.. summary.CurvePasses.Select(pass => (double)pass)];
        Level(plot, passes[^1], summary.DigitalBaseline, PlotSheet.Baseline, "digital softmax regression");
        Level(plot, passes[^1], summary.OnA.Mean, PlotSheet.Untouched, $"on unit {summary.FromSerial}, where it was trained");
        Curve(plot, passes, seeds.Select(seed => seed.OldTwin), PlotSheet.Pat, "PAT goes on, old twin", summary.OldTwin);
        if (summary.RefitTwin is not null) { Curve(plot, passes, seeds.Select(seed => seed.RefitTwin), PlotSheet.Refit, $"PAT goes on, {RefitWords.Of(summary.Twin, summary.Refit)}", summary.RefitTwin); }

        plot.Title($"{summary.Task} on {summary.System}, unit {summary.FromSerial} to {summary.ToSerial}\n{label}; {seeds.Count} {(seeds.Count == 1 ? "seed" : "seeds")}");
        plot.XLabel($"physical passes of training on unit {summary.ToSerial}");
        plot.YLabel("test accuracy / %");
        plot.Axes.SetLimits(0, passes[^1] * PlotSheet.RoomForLastLabel, 0, 102);
        plot.Legend.Alignment = Alignment.LowerRight;
        PlotSheet.Style(plot);
        PlotFile.Save(sheet, fileOf("png"), fileOf("svg"), WidthPixels, HeightPixels);
    }

    private static void Level(Plot plot, double end, double accuracy, Color color, string name) =>
        PlotSheet.Line(plot, [0, end * PlotSheet.RoomForLastLabel], [100 * accuracy, 100 * accuracy], color, 1.5f).LegendText = FormattableString.Invariant($"{name}: {100 * accuracy:F1} %");

    private static void Curve(Plot plot, double[] passes, IEnumerable<IReadOnlyList<TransferPoint>> seeds, Color color, string name, RecoveryFigures figures) => PlotSheet.Seeds(
        plot, passes, [.. seeds.Select(points => points.Select(point => 100 * point.Accuracy).ToArray())], color,
        FormattableString.Invariant($"{name}: {100 * figures.Curve[0].Mean:F1} % at first, {100 * figures.Recovered.Mean:F1} % at the end"));
}
