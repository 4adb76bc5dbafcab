using PnnEdge.Cli.Results;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Paper against PnnEdge: one group of markers an experiment, mean ± sd of each method, the goal as a bar.</summary>
internal static class ReproducePlot
{
    private const int WidthPixels = 1100;
    private const int HeightPixels = 520;
    private const float MarkerSize = 11;

    private static readonly (string Label, string Color, MarkerShape Shape, Func<ReproduceSummary, AccuracyFigures?> Of)[] Series =
    [
        ("physics-aware training, on the system", "#0b6e99", MarkerShape.FilledDiamond, row => row.Pat),
        ("in silico: claims", "#c8622b", MarkerShape.OpenTriangleUp, row => row.InSilicoClaimed),
        ("in silico: delivers", "#c8622b", MarkerShape.FilledTriangleDown, row => row.InSilicoDeployed),
        ("noise-aware in silico: delivers", "#8a5fb0", MarkerShape.FilledCircle, row => row.NoiseAwareDeployed),
        ("ideal backpropagation: delivers", "#3a7d44", MarkerShape.FilledSquare, row => row.IdealDeployed),
        ("digital layers and clamp, no physics", "#555555", MarkerShape.OpenSquare, row => row.Clamp),
        ("digital softmax regression", "#555555", MarkerShape.OpenCircle, row => new AccuracyFigures(row.DigitalBaseline, 0, [row.DigitalBaseline])),
    ];

    public static void Save(string pngPath, string svgPath, IReadOnlyDictionary<string, ReproduceSummary> rows)
    {
        PlotFonts.Register();
        var all = new Multiplot();
        all.AddPlots(1);
        Plot plot = all.GetPlot(0);
        for (int s = 0; s < Series.Length; s++) { Draw(plot, rows, s); }
        Goals(plot, rows);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, rows.Count).Select(i => (double)i)], [.. rows.Keys]);
        plot.Axes.SetLimits(-0.6, rows.Count + 0.9, 0, 102);
        plot.YLabel("test accuracy / %");
        plot.Title("Paper against PnnEdge: simulated systems, their parameters ours; mean ± sd over seeds");
        plot.Legend.Alignment = Alignment.LowerRight;
        plot.ShowLegend();
        PlotFile.Save(all, pngPath, svgPath, WidthPixels, HeightPixels);
    }

    private static void Draw(Plot plot, IReadOnlyDictionary<string, ReproduceSummary> rows, int series)
    {
        (string label, string color, MarkerShape shape, Func<ReproduceSummary, AccuracyFigures?> of) = Series[series];
        string? legend = label;
        int at = 0;
        foreach (ReproduceSummary row in rows.Values)
        {
            double x = at++ + (0.12 * (series - ((Series.Length - 1) / 2.0)));
            if (of(row) is not AccuracyFigures figures) { continue; }
            var marker = plot.Add.Marker(x, 100 * figures.Mean, shape, MarkerSize, Color.FromHex(color));
            if (legend is not null) { marker.LegendText = legend; }
            legend = null;
            if (figures.Sd > 0)
            {
                var spread = plot.Add.Line(x, 100 * (figures.Mean - figures.Sd), x, 100 * (figures.Mean + figures.Sd));
                spread.Color = Color.FromHex(color);
                spread.LineWidth = 2;
            }
        }
    }

    private static void Goals(Plot plot, IReadOnlyDictionary<string, ReproduceSummary> rows)
    {
        string? legend = "goal, after the paper";
        foreach ((int at, ReproduceSummary row) in rows.Values.Index())
        {
            if (row.Goal is not double asked) { continue; }
            var goal = plot.Add.Line(at - 0.4, 100 * asked, at + 0.4, 100 * asked);
            goal.Color = Color.FromHex("#999999");
            goal.LineWidth = 1.5f;
            if (legend is not null) { goal.LegendText = legend; }
            legend = null;
        }
    }
}
