using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>One panel of test accuracies over something that passes, as <c>pnn drift</c> and <c>pnn transfer</c> draw it.</summary>
internal sealed class StudyPlot
{
    private const int WidthPixels = 1000;
    private const int HeightPixels = 560;

    private readonly Multiplot _sheet = PlotSheet.Rows(1);
    private readonly double[] _x;

    /// <param name="x">[point], ascending from 0.</param>
    public StudyPlot(IEnumerable<double> x) => _x = [.. x];

    private Plot Panel => _sheet.GetPlot(0);

    private double End => _x[^1] * PlotSheet.RoomForLastLabel;

    /// <summary>An accuracy that nothing moves, 0 to 1.</summary>
    public void Level(double accuracy, Color color, string name) =>
        PlotSheet.Line(Panel, [0, End], [100 * accuracy, 100 * accuracy], color, 1.5f).LegendText = FormattableString.Invariant($"{name}: {100 * accuracy:F1} %");

    /// <param name="each">[seed][point], accuracy, 0 to 1.</param>
    public void Curves(IEnumerable<IEnumerable<double>> each, Color color, string name) =>
        PlotSheet.Seeds(Panel, _x, [.. each.Select(curve => curve.Select(accuracy => 100 * accuracy).ToArray())], color, name);

    /// <summary>Writes a png and an svg.</summary>
    /// <param name="fileOf">From an extension.</param>
    public void Save(Func<string, string> fileOf, string title, string label, int seeds, string xLabel, Alignment legend)
    {
        Panel.Title($"{title}\n{label}; {StudyWords.Seeds(seeds)}");
        Panel.XLabel(xLabel);
        Panel.YLabel("test accuracy / %");
        Panel.Axes.SetLimits(0, End, 0, 102);
        Panel.Legend.Alignment = legend;
        PlotSheet.Style(Panel);
        PlotFile.Save(_sheet, fileOf("png"), fileOf("svg"), WidthPixels, HeightPixels);
    }
}
