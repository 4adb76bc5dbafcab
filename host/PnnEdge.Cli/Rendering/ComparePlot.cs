using PnnEdge.Cli.Results;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Test accuracy over physical passes, a curve a method; a method that trains in silico is a level from the passes of its twin on.</summary>
internal static class ComparePlot
{
    private const int WidthPixels = 1300;
    private const int HeightPixels = 680;

    private static readonly Color[] Palette =
    [
        .. new[] { "#0b6e99", "#c8622b", "#8a5fb0", "#3a7d44", "#9b2d4f", "#b8860b", "#e377c2", "#5f9ea0", "#7a7a7a", "#a9a9a9", "#2f4f4f" }.Select(code => Color.FromHex(code)),
    ];

    /// <summary>Writes compare.png and compare.svg.</summary>
    public static void Save(Func<string, string> fileOf, CompareSummary summary, string label)
    {
        Multiplot sheet = PlotSheet.Rows(1);
        Plot plot = sheet.GetPlot(0);
        double end = summary.Budget * PlotSheet.RoomForLastLabel;
        PlotSheet.Line(plot, [0, end], [100 * summary.DigitalBaseline, 100 * summary.DigitalBaseline], PlotSheet.Baseline, 1.5f).LegendText =
            FormattableString.Invariant($"digital softmax regression: {100 * summary.DigitalBaseline:F1} %");
        foreach ((int i, MethodFigures figures) in summary.Methods.Values.Index())
        {
            bool inSilico = figures.Claimed is not null;
            double[] x = inSilico ? [figures.PassesBefore, end] : [.. figures.CurvePasses];
            double[] y = inSilico ? [100 * figures.Accuracy.Mean, 100 * figures.Accuracy.Mean] : [.. figures.Curve.Select(point => 100 * point.Mean)];
            ScottPlot.Plottables.Scatter line = PlotSheet.Line(plot, x, y, Palette[i % Palette.Length], inSilico ? 1.2f : 2.2f);
            line.MarkerSize = inSilico ? 7 : 4;
            line.LegendText = $"{figures.Title}: {Figures.Points(figures.Accuracy)} %";
        }

        plot.Title($"{summary.Task} on {summary.System}\n{label}; mean of {summary.Seeds} {(summary.Seeds == 1 ? "seed" : "seeds")}");
        plot.XLabel("physical passes, those for a twin included");
        plot.YLabel("test accuracy / %");
        plot.Axes.SetLimits(0, end, 0, 102);
        PlotSheet.Style(plot);
        plot.ShowLegend(Edge.Right); // beside the curves, which fill the panel
        PlotFile.Save(sheet, fileOf("png"), fileOf("svg"), WidthPixels, HeightPixels);
    }
}
