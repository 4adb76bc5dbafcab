using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods.Adaptation;
using ScottPlot;

namespace PnnEdge.Cli.Rendering;

/// <summary>Test accuracy over the shots of a drift: one curve for each answer, and the digital line.</summary>
internal static class DriftPlot
{
    /// <summary>Writes drift.png and drift.svg.</summary>
    public static void Save(Func<string, string> fileOf, DriftSummary summary, IReadOnlyList<DriftSeed> seeds, string label)
    {
        var plot = new StudyPlot(summary.Shots.Select(shot => (double)shot));
        plot.Level(summary.DigitalBaseline, PlotSheet.Baseline, StudyWords.Baseline);
        foreach (DriftAnswer answer in Enum.GetValues<DriftAnswer>())
        {
            if (summary.Of(answer) is not AnswerFigures figures) { continue; }
            string name = FormattableString.Invariant($"{DriftWords.Of(answer, summary)}: {100 * figures.Last.Mean:F1} % at the end");
            plot.Curves(seeds.Select(seed => seed.Stages.Select(stage => stage.Of(answer))), DriftWords.ColorOf(answer), name);
        }

        plot.Save(
            fileOf, $"{string.Join(", ", summary.Fault)}: {summary.Task} on {summary.System}", label, seeds.Count, "shots since the drift began", Alignment.LowerLeft);
    }
}
