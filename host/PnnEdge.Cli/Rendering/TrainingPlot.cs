using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Methods;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Accuracy and loss over epochs: physics-aware training against training in silico, and the digital line.</summary>
internal static class TrainingPlot
{
    private const int WidthPixels = 1000;
    private const int HeightPixels = 860;
    private const float TestMarkerSize = 11;

    private static readonly Color PatColor = Color.FromHex("#0b6e99");
    private static readonly Color InSilicoColor = Color.FromHex("#c8622b");
    private static readonly Color BaselineColor = Color.FromHex("#555555");

    /// <summary>Writes accuracy.png and accuracy.svg.</summary>
    public static void Save(RunFolder folder, TrainSummary summary, IReadOnlyList<SeedState> states, string label)
    {
        PlotFonts.Register();
        var plot = new Multiplot();
        plot.AddPlots(2);
        plot.Layout = new ScottPlot.MultiplotLayouts.Rows();
        DrawAccuracy(plot.GetPlot(0), summary, states, label);
        DrawLoss(plot.GetPlot(1), states);
        plot.SharedAxes.ShareX(plot.GetPlots());

        PlotFile.Save(plot, folder.PlotFile("png"), folder.PlotFile("svg"), WidthPixels, HeightPixels);
    }

    private static void DrawAccuracy(Plot plot, TrainSummary summary, IReadOnlyList<SeedState> states, string label)
    {
        int epochs = states.Max(state => state.Of(Method.Pat).Training!.History.Count);
        Curves(plot, states, state => state.Of(Method.Pat).Training!.History, epoch => 100 * epoch.ValidationAccuracy, PatColor, "physics-aware training: validation, on the system");
        Curves(plot, states, state => state.Of(Method.InSilico).Training!.History, epoch => 100 * epoch.ValidationAccuracy, InSilicoColor, "in silico: validation, on the twin");

        // Test figures stand side by side to the right of the last epoch.
        double apart = Math.Max(epochs * 0.025, 0.3), end = epochs + (4 * apart);
        double digital = 100 * summary.DigitalBaseline;
        Line(plot, [0, end], [digital, digital], BaselineColor, 1.5f).LegendText = FormattableString.Invariant($"digital softmax regression: test {digital:F1} %");
        Test(plot, epochs + apart, summary.Pat, PatColor, MarkerShape.FilledDiamond, "physics-aware training: test, on the system");
        Test(plot, epochs + (2 * apart), summary.InSilicoClaimed, InSilicoColor, MarkerShape.OpenTriangleUp, "in silico: test, on the twin");
        Test(plot, epochs + (3 * apart), summary.InSilicoDeployed, InSilicoColor, MarkerShape.FilledTriangleDown, "in silico: test, deployed on the system");

        plot.Title($"{summary.Task} on {summary.System}: {label}, {states.Count} {(states.Count == 1 ? "seed" : "seeds")}");
        plot.YLabel("accuracy / %");
        plot.Axes.SetLimits(0, end, 0, 102);
        plot.Legend.Alignment = Alignment.LowerRight;
        Style(plot);
    }

    private static void DrawLoss(Plot plot, IReadOnlyList<SeedState> states)
    {
        Curves(plot, states, state => state.Of(Method.Pat).Training!.History, epoch => epoch.TrainLoss, PatColor, "physics-aware training: training loss");
        Curves(plot, states, state => state.Of(Method.Pat).Training!.History, epoch => epoch.ValidationLoss, PatColor, "physics-aware training: validation loss", dots: true);
        Curves(plot, states, state => state.Of(Method.InSilico).Training!.History, epoch => epoch.TrainLoss, InSilicoColor, "in silico: training loss");
        Curves(plot, states, state => state.Of(Method.InSilico).Training!.History, epoch => epoch.ValidationLoss, InSilicoColor, "in silico: validation loss", dots: true);
        double top = states.SelectMany(state => state.Of(Method.Pat).Training!.History.Concat(state.Of(Method.InSilico).Training!.History)).Select(epoch => Math.Max(epoch.TrainLoss, epoch.ValidationLoss))
            .Where(double.IsFinite).DefaultIfEmpty(1).Max();
        plot.YLabel("loss / nats per sample");
        plot.XLabel("epoch");
        plot.Axes.SetLimitsY(0, 1.05 * top);
        plot.Legend.Alignment = Alignment.UpperRight;
        Style(plot);
    }

    // Thin lines for the seeds, a thick one for their mean. Dots, not dashes, tell a second curve: the SVG writer knows no dashes.
    private static void Curves(
        Plot plot, IReadOnlyList<SeedState> states, Func<SeedState, IReadOnlyList<EpochReport>> historyOf, Func<EpochReport, double> figure, Color color,
        string name, bool dots = false)
    {
        double[][] each = [.. states.Select(state => historyOf(state).Select(figure).ToArray()).Where(curve => curve.Length > 0)];
        if (each.Length == 0) { return; }
        int epochs = each.Min(curve => curve.Length);
        double[] x = [.. Enumerable.Range(1, epochs).Select(epoch => (double)epoch)];
        if (each.Length > 1 && !dots)
        {
            foreach (double[] curve in each) { Line(plot, x, curve[..epochs], color.WithAlpha(0.25), 1f); }
        }

        Line(plot, x, [.. Enumerable.Range(0, epochs).Select(e => each.Average(curve => curve[e]))], color, dots ? 0 : 2.2f).LegendText = name;
    }

    private static ScottPlot.Plottables.Scatter Line(Plot plot, double[] x, double[] y, Color color, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, y, color);
        line.LineWidth = width;
        line.MarkerSize = width == 0 || x.Length == 1 ? 5 : 0;
        return line;
    }

    private static void Test(Plot plot, double x, AccuracyFigures figures, Color color, MarkerShape shape, string name)
    {
        foreach (double accuracy in figures.Each)
        {
            ScottPlot.Plottables.Marker marker = plot.Add.Marker(x, 100 * accuracy, shape, TestMarkerSize, color);
            marker.MarkerLineWidth = 2;
        }

        // One more on top of the first carries the legend's entry, with the mean.
        ScottPlot.Plottables.Marker entry = plot.Add.Marker(x, 100 * figures.Each[0], shape, TestMarkerSize, color);
        entry.MarkerLineWidth = 2;
        entry.LegendText = FormattableString.Invariant($"{name} {100 * figures.Mean:F1} %");
    }

    private static void Style(Plot plot)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Axes.Title.Label.FontSize = 18;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.FontSize = 15;
            axis.TickLabelStyle.FontSize = 13;
        }

        // The same width left of both panels, so that epochs stand above each other.
        plot.Axes.Left.MinimumSize = 64;
        plot.Axes.Left.MaximumSize = 64;
        plot.Axes.Right.MinimumSize = 16;
        plot.Legend.FontSize = 12;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.85);
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(0.2);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend();
    }
}
