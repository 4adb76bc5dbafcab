using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>What plots share: panels, colours and pens.</summary>
internal static class PlotSheet
{
    /// <summary>How much further than its last point an axis goes, so that the label there is not cut.</summary>
    public const double RoomForLastLabel = 1.03;

    public static Color Pat { get; } = Color.FromHex("#0b6e99");

    public static Color InSilico { get; } = Color.FromHex("#c8622b");

    public static Color Baseline { get; } = Color.FromHex("#555555");

    /// <summary>Physics-aware training through a twin that is refitted.</summary>
    public static Color Refit { get; } = Color.FromHex("#3a8f3a");

    /// <summary>A trained network that is left as it was.</summary>
    public static Color Untouched { get; } = Color.FromHex("#9b2d4f");

    /// <summary>Panels above each other.</summary>
    public static Multiplot Rows(int panels)
    {
        PlotFonts.Register(); // a plot takes the default font when it is made
        var plot = new Multiplot();
        plot.AddPlots(panels);
        plot.Layout = new ScottPlot.MultiplotLayouts.Rows();
        return plot;
    }

    /// <param name="width">0 for dots alone.</param>
    public static ScottPlot.Plottables.Scatter Line(Plot plot, double[] x, double[] y, Color color, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, y, color);
        line.LineWidth = width;
        line.MarkerSize = width == 0 || x.Length == 1 ? 5 : 0;
        return line;
    }

    /// <summary>Thin lines for the seeds, a thick one for their mean.</summary>
    /// <param name="each">[seed][point].</param>
    public static void Seeds(Plot plot, double[] x, IReadOnlyList<double[]> each, Color color, string name)
    {
        if (each.Count > 1)
        {
            foreach (double[] curve in each) { Line(plot, x, curve, color.WithAlpha(0.25), 1f); }
        }

        ScottPlot.Plottables.Scatter mean = Line(plot, x, [.. x.Select((_, i) => each.Average(curve => curve[i]))], color, 2.2f);
        mean.MarkerSize = 5;
        mean.LegendText = name;
    }

    public static void Style(Plot plot)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Axes.Title.Label.FontSize = 18;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.FontSize = 15;
            axis.TickLabelStyle.FontSize = 13;
        }

        // The same width left of all panels, so that their points stand above each other.
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
