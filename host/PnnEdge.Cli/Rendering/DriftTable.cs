using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods.Adaptation;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>What a drift did, as a table for a person.</summary>
internal static class DriftTable
{
    /// <param name="label">What kind of system and data stand behind the figures.</param>
    /// <param name="testSamples">Behind every accuracy.</param>
    /// <param name="baseline">Digital softmax regression.</param>
    public static void Write(IAnsiConsole console, DriftSummary summary, AccuracyFigures baseline, string label, int testSamples)
    {
        int stages = summary.Shots.Count - 1, middle = (stages + 1) / 2;
        console.WriteLine($"{string.Join(", ", summary.Fault)}: {summary.Task} on {summary.System} ({label})");
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("test accuracy / %, mean ± sd");
        foreach (string column in (string[])["before", Shots(summary.Shots[middle]), Shots(summary.Shots[^1]), "mean of stages", "passes/stage"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (DriftAnswer answer in Enum.GetValues<DriftAnswer>())
        {
            if (summary.Of(answer) is not AnswerFigures figures) { continue; }
            table.AddRow(
                new Text(DriftWords.Of(answer, summary)), new Text(Figures.Points(summary.Before)), new Text(Figures.Points(figures.Stages[middle])), new Text(Figures.Points(figures.Last)),
                new Text(Figures.Points(figures.Mean)), new Text(FormattableString.Invariant($"{figures.PassesPerStage:N0}")));
        }

        string digital = Figures.Points(baseline);
        table.AddRow(new Text(StudyWords.Baseline), new Text(digital), new Text(digital), new Text(digital), new Text(digital), new Text("–"));
        console.Write(table);
        console.WriteLine(StudyWords.Resolution(summary.Seeds, testSamples));
        console.WriteLine(FormattableString.Invariant(
            $"At the end the reference frames say gain {summary.Gain[^1]:F3} and offset {summary.OffsetVolts[^1]:F3} V; the old twin's error is {summary.OldTwin.TwinNrmse:F2} of the spread, {StudyWords.Refitted(summary.RefitTwin?.TwinNrmse)}."));
        console.WriteLine(FormattableString.Invariant(
            $"Physical passes: {summary.Passes.Training:N0} until trained, {summary.Passes.Study:N0} in the drift, tests included. Time: {Durations.Short(TimeSpan.FromSeconds(summary.Seconds.Training))} and {Durations.Short(TimeSpan.FromSeconds(summary.Seconds.Study))}."));
    }

    private static string Shots(ulong shots) => FormattableString.Invariant($"after {shots:N0}");
}
