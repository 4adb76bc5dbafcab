using PnnEdge.Cli.Results;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>What every method reached with its passes, as a table for a person; the best first.</summary>
internal static class CompareTable
{
    /// <param name="label">What kind of system and data stand behind the figures.</param>
    /// <param name="testSamples">Behind every accuracy.</param>
    public static void Write(IAnsiConsole console, CompareSummary summary, string label, int testSamples)
    {
        console.WriteLine(FormattableString.Invariant($"{summary.Task} on {summary.System} ({label}): at most {summary.Budget:N0} physical passes for each method and seed"));
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("method");
        foreach (string column in (string[])["test accuracy / %", "before training", "a step", "steps", FormattableString.Invariant($"passes to {100 * summary.Target:F0} %")])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (MethodFigures figures in summary.Methods.Values.OrderByDescending(figures => figures.Accuracy.Mean))
        {
            string claimed = figures.Claimed is null ? string.Empty : $"{Figures.Points(figures.Claimed)} → ";
            table.AddRow(
                new Text(figures.Title), new Text(claimed + Figures.Points(figures.Accuracy)), Count(figures.PassesBefore), Count(figures.PassesPerStep), Count(figures.Steps),
                figures.PassesToTarget is double passes ? Count(passes) : new Text("–"));
        }

        table.AddRow(new Text("digital softmax regression"), new Text(FormattableString.Invariant($"{100 * summary.DigitalBaseline:F1}")), new Text("–"), new Text("–"), new Text("–"), new Text("–"));
        console.Write(table);
        console.WriteLine(FormattableString.Invariant(
            $"{summary.Seeds} {(summary.Seeds == 1 ? "seed" : "seeds")}; one of {testSamples} test samples is {100.0 / testSamples:G2} points. In silico: what the twin claims → what the system delivers. Tests are not counted."));
        if (summary.Methods.ContainsKey("dual_adaptive")) { console.WriteLine("Dual adaptive training is given the system's nominal equations, which cost it no pass; a bench without equations has none."); }
        console.WriteLine(FormattableString.Invariant($"{summary.Passes:N0} passes in all, tests included; {Durations.Short(TimeSpan.FromSeconds(summary.Seconds))}."));
    }

    private static Text Count(double passes) => new(FormattableString.Invariant($"{passes:N0}"));
}
