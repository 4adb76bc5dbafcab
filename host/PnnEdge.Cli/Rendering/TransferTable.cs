using PnnEdge.Cli.Results;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>What a transfer cost and gave back, as a table for a person.</summary>
internal static class TransferTable
{
    /// <param name="baseline">Digital softmax regression.</param>
    /// <param name="label">What kind of system and data stand behind the figures.</param>
    /// <param name="testSamples">Behind every accuracy.</param>
    public static void Write(IAnsiConsole console, TransferSummary summary, AccuracyFigures baseline, string label, int testSamples)
    {
        string a = $"unit {summary.FromSerial}", b = $"unit {summary.ToSerial}";
        console.WriteLine($"{summary.Task} on {summary.System}, {a} to {b} ({label})");
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("test accuracy / %").AddColumn(new TableColumn("mean ± sd").RightAligned()).AddColumn("each seed").AddColumn(new TableColumn($"passes on {b}").RightAligned());
        Row(table, $"{a}, where it was trained", summary.OnA, null);
        Row(table, $"{b}, as it comes", summary.DeployedOnB, 0);
        Row(table, $"{b}, PAT goes on, old twin", summary.OldTwin.Recovered, summary.CurvePasses[^1]);
        if (summary.RefitTwin is not null) { Row(table, $"{b}, PAT goes on, {RefitWords.Of(summary.Twin, summary.Refit)}", summary.RefitTwin.Recovered, summary.CurvePasses[^1]); }
        Row(table, StudyWords.Baseline, baseline, null);
        console.Write(table);
        console.WriteLine(FormattableString.Invariant(
            $"{StudyWords.Resolution(summary.Seeds, testSamples)} Training on {a} took {summary.Passes.Training / summary.Seeds:N0} passes for a seed."));
        console.WriteLine(FormattableString.Invariant($"At the end the old twin's error on {b} is {summary.OldTwin.TwinNrmse:F2} of the spread, {StudyWords.Refitted(summary.RefitTwin?.TwinNrmse)}."));
        console.WriteLine(FormattableString.Invariant(
            $"Time: {Durations.Short(TimeSpan.FromSeconds(summary.Seconds.Training))} on {a}, {Durations.Short(TimeSpan.FromSeconds(summary.Seconds.Study))} on {b}, {summary.Passes.Study:N0} passes with tests."));
    }

    private static void Row(Table table, string name, AccuracyFigures figures, int? passes) => table.AddRow(
        new Text(name), new Text(Figures.Points(figures)), new Text(string.Join("  ", figures.Each.Select(each => FormattableString.Invariant($"{100 * each:F1}")))),
        new Text(passes is int played ? FormattableString.Invariant($"{played:N0}") : "–"));
}
