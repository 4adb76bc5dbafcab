using PnnEdge.Training.Calibration;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>A channel's distance from its line and its noise over the levels, and how its mean wanders over the shots.</summary>
internal static class CalibrationPlot
{
    private const int WidthPixels = 1000;
    private const int HeightPixels = 960;

    /// <summary>Writes a png and an svg.</summary>
    /// <param name="fileOf">From an extension.</param>
    public static void Save(Func<string, string> fileOf, BenchCalibration calibration)
    {
        ChannelFigures channel = calibration.Channels[0];
        double step = calibration.Bench.MeasurementStepVolts, unit = step > 0 ? 1 / step : 1000;
        string name = step > 0 ? "steps" : "mV";
        Multiplot plot = PlotSheet.Rows(3);
        Residuals(plot.GetPlot(0), channel, unit, name);
        plot.GetPlot(0).Title(FormattableString.Invariant($"{calibration.Bench.Name} ({(calibration.Bench.Simulated ? "simulated" : "measured")}), {calibration.MeasuredUtc:yyyy-MM-dd}, calibration {calibration.Id}"));
        Noise(plot.GetPlot(1), channel, unit, name);
        Wander(plot.GetPlot(2), channel, unit, name);
        foreach (Plot panel in plot.GetPlots()) { PlotSheet.Style(panel); }
        PlotFile.Save(plot, fileOf("png"), fileOf("svg"), WidthPixels, HeightPixels);
    }

    private static void Residuals(Plot plot, ChannelFigures channel, double unit, string name)
    {
        double[] y = [.. channel.Line.ResidualVolts.Select(r => r.Value * unit)], half = [.. channel.Line.ResidualVolts.Select(r => r.Expanded95 * unit)];
        PlotSheet.Line(plot, channel.AppliedVolts, y, PlotSheet.Pat, 1.8f).LegendText = channel.Path == ChannelPath.Loopback ? "reading less closest line: nonlinearity of both converters" : "reading less closest line: curvature of the physics";
        ScottPlot.Plottables.FillY band = plot.Add.FillY(channel.AppliedVolts, [.. y.Zip(half, (v, h) => v - h)], [.. y.Zip(half, (v, h) => v + h)]);
        band.FillColor = PlotSheet.Pat.WithAlpha(0.2);
        band.LineWidth = 0;
        band.LegendText = "95 %, each";
        plot.YLabel($"residual / {name}");
        plot.XLabel("played / V");
    }

    private static void Noise(Plot plot, ChannelFigures channel, double unit, string name)
    {
        double[] noise = [.. channel.Noise.EachVolts.Select(v => v * unit)];
        PlotSheet.Line(plot, channel.AppliedVolts, noise, PlotSheet.InSilico, 1.8f).LegendText = "noise of one reading, rounding included";
        plot.YLabel($"noise, rms / {name}");
        plot.XLabel("played / V");
        plot.Axes.SetLimitsY(0, Math.Max(1.2 * noise.Max(), 1e-9));
    }

    private static void Wander(Plot plot, ChannelFigures channel, double unit, string name)
    {
        ScottPlot.Plottables.Scatter line = PlotSheet.Line(plot, channel.Drift.AllanShots, [.. channel.Drift.AllanVolts.Select(v => v * unit)], PlotSheet.Refit, 1.8f);
        line.MarkerSize = 6;
        line.LegendText = "Allan deviation of the mean reading: falls while noise is white, rises where it drifts";
        plot.YLabel($"deviation / {name}");
        plot.XLabel("averaged over / shots");
        plot.Axes.SetLimits(0, 1.05 * channel.Drift.AllanShots[^1], 0, Math.Max(1.3 * channel.Drift.AllanVolts.Max() * unit, 1e-9));
    }
}
