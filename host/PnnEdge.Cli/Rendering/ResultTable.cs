using System.Globalization;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Twins;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>What a run found, as a table for a person.</summary>
internal static class ResultTable
{
    /// <param name="label">What kind of system and data stand behind the figures.</param>
    /// <param name="testSamples">Behind every accuracy.</param>
    public static void Write(IAnsiConsole console, TrainSummary summary, IReadOnlyList<SeedState> states, string label, int testSamples)
    {
        console.WriteLine($"{summary.Task} on {summary.System} ({label})");
        console.Write(Accuracies(summary, states));
        console.WriteLine($"One of {testSamples} test samples is {(100.0 / testSamples).ToString("G2", CultureInfo.InvariantCulture)} points; the epoch was chosen on validation samples.");
        console.Write(Costs(summary, states));
    }

    private static Table Accuracies(TrainSummary summary, IReadOnlyList<SeedState> states)
    {
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("test accuracy").AddColumn(new TableColumn("mean").RightAligned()).AddColumn(new TableColumn("± sd").RightAligned()).AddColumn("each seed");
        Accuracy(table, "physics-aware training, on the system", summary.Pat);
        Accuracy(table, "in silico: claims", summary.InSilicoClaimed);
        Accuracy(table, "in silico: delivers on the system", summary.InSilicoDeployed);
        Accuracy(table, "digital softmax regression", AccuracyFigures.Of([.. states.Select(state => state.Baseline!.Value)]));
        return table;
    }

    private static Table Costs(TrainSummary summary, IReadOnlyList<SeedState> states)
    {
        Table table = new Table { Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumn("what").AddColumn("figures");
        FidelityReport[] probes = [.. states.Select(state => state.Twin!.Fidelity)];
        Row(table, "twin, error of values", $"NRMSE {summary.Twin.Nrmse:F3} on held-out shots of {states[0].Twin!.Shots:N0}{Truth(probes, p => p.TruthNrmse, "noise-free")}");
        Row(table, "twin, gradient cosine",
            $"{summary.Twin.GradientCosine:F3} on the device (95 % interval {probes.Average(p => p.DeviceCosineLow):F3} to {probes.Average(p => p.DeviceCosineHigh):F3}){Truth(probes, p => p.TruthGradientCosine, "noise-free")}");
        Row(table, "frames", $"{summary.Frames.Sent:N0} sent, {summary.Frames.Retried:N0} retried, {summary.Frames.Refused:N0} refused");
        Row(table, "physical passes", $"{summary.Passes:N0}");
        Row(table, "time", $"{Seconds(summary.Seconds.Total)}: physics {Seconds(summary.Seconds.Physics)}, link {Seconds(summary.Seconds.Link)}, twin {Seconds(summary.Seconds.Twin)}, update {Seconds(summary.Seconds.Update)}");
        return table;
    }

    public static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static void Accuracy(Table table, string name, AccuracyFigures figures) => table.AddRow(
        new Text(name), new Text(Percent(figures.Mean)), new Text(figures.Each.Count > 1 ? Points(figures.Sd) : "–"), new Text(string.Join("  ", figures.Each.Select(Points))));

    private static void Row(Table table, string name, FormattableString figures) => table.AddRow(new Text(name), new Text(FormattableString.Invariant(figures)));

    private static string Points(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => Durations.Short(TimeSpan.FromSeconds(seconds));

    private static string Truth(FidelityReport[] probes, Func<FidelityReport, double?> figure, string against) =>
        probes.All(p => figure(p) is not null) ? string.Create(CultureInfo.InvariantCulture, $", {probes.Average(p => figure(p)!.Value):F3} {against}") : string.Empty;
}
