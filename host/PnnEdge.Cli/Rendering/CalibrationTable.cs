using System.Globalization;
using PnnEdge.Training.Calibration;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>A calibration, as a table for a person.</summary>
internal static class CalibrationTable
{
    public static void Write(IAnsiConsole console, BenchCalibration calibration)
    {
        console.WriteLine(FormattableString.Invariant($"{calibration.Bench.Name} ({(calibration.Bench.Simulated ? "simulated" : "measured")}), {calibration.MeasuredUtc:yyyy-MM-dd HH:mm} UTC, calibration {calibration.Id}"));
        foreach (ChannelFigures channel in calibration.Channels) { console.Write(Channel(channel, calibration.Bench.MeasurementStepVolts)); }
        Fingerprint f = calibration.Fingerprint;
        console.WriteLine(FormattableString.Invariant(
            $"Fingerprint: {f.MeanVolts.Length} outputs, each read {f.Repeats} times, that scatter as {f.EffectiveOutputs:F0} independent ones. A bench fits with its gain up to {100 * f.MostGain:0.##} % off, its offset up to {100 * f.MostOffset:0.##} % of the answers' spread, and their shape up to {f.MostWidths:G3} widths of noise and {100 * f.Allowed.Shape:0.##} % of drift; one look in {1 / f.FalseAlarms:N0} is a false alarm at most."));
    }

    private static Table Channel(ChannelFigures c, double step)
    {
        bool wire = c.Path == ChannelPath.Loopback;
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(wire ? "through a wire: both converters together" : FormattableString.Invariant($"small-signal through the bench, at {c.OperatingVolts:G3} V"))
            .AddColumn(new TableColumn("measured").RightAligned()).AddColumn(new TableColumn("± (95 %)").RightAligned()).AddColumn("unit");
        Row(table, "gain", c.Line.Gain, "V/V");
        Row(table, "offset at 0 V played", c.Line.OffsetVolts.Times(1000), "mV");
        Row(table, wire ? "nonlinearity, largest (INL, closest line)" : "curvature, largest (of the physics)", step > 0 ? c.WorstResidualVolts.Times(1 / step) : c.WorstResidualVolts.Times(1000), step > 0 ? "steps" : "mV");
        if (wire) { Row(table, "the same, line through the ends", Figure(step > 0 ? c.Line.EndPointVolts / step : 1000 * c.Line.EndPointVolts), "–", step > 0 ? "steps" : "mV"); }
        if (c.Codes is CodeDensity codes)
        {
            Row(table, "differential nonlinearity, largest (DNL)", Figure(codes.WorstSteps), Figure(1.96 * codes.StandardUncertaintySteps), "steps");
            Row(table, FormattableString.Invariant($"missing codes of {codes.Codes:N0}"), $"{codes.Missing}", "–", string.Empty);
        }

        Row(table, "noise of one reading, rms", Figure(1000 * c.Noise.Volts), Figure(500 * (c.Noise.HighVolts - c.Noise.LowVolts)), "mV");
        if (wire) { Row(table, "readings follow the drive", FormattableString.Invariant($"{c.Range.DriveVolts.MinVolts:G4} to {c.Range.DriveVolts.MaxVolts:G4}"), "–", "V played"); }
        if (c.Lags is LagResponse lags)
        {
            if (wire) { Row(table, "latency", lags.DelaySamples, "samples"); }
            else if (lags.EdgeSamples is Uncertain edge) { Row(table, "latency, to half of the answer's largest tap", edge, "samples"); }
            else { Row(table, "latency (the answer's edge cannot be told)", "–", "–", "samples"); }
            if (wire) { Row(table, FormattableString.Invariant($"leak of sample {lags.Neighbour.Lag - lags.PeakLag:+0;-0}"), Figure(lags.Neighbour.Decibels), "–", "dB"); }
        }

        foreach (ActuatorLeak leak in c.ActuatorLeaks) { Row(table, $"leak of actuator {leak.Actuator}", Figure(leak.Decibels), "–", "dB"); }
        Row(table, "drift of gain", c.Drift.GainPerThousandShots.Times(100), "%/1000 shots");
        Row(table, "drift of offset", c.Drift.OffsetVoltsPerThousandShots.Times(1000), "mV/1000 shots");
        return table;
    }

    private static void Row(Table table, string name, Uncertain figure, string unit)
    {
        // As many digits as the uncertainty has meaning: two of its own.
        double half = figure.Expanded95;
        int digits = half > 0 && double.IsFinite(half) ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(half)), 0, 9) : 6;
        Row(table, name, figure.Value.ToString($"F{digits}", CultureInfo.InvariantCulture), half > 0 && double.IsFinite(half) ? half.ToString($"F{digits}", CultureInfo.InvariantCulture) : "–", unit);
    }

    private static void Row(Table table, string name, string measured, string plusMinus, string unit) => table.AddRow(new Text(name), new Text(measured), new Text(plusMinus), new Text(unit));

    private static string Figure(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : "–";
}
