using System.Globalization;
using PnnEdge.Cli.Results;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>Paper against PnnEdge, as tables for a person.</summary>
internal static class ReproduceTable
{
    /// <param name="rows">[experiment, its figures].</param>
    public static void Write(IAnsiConsole console, IReadOnlyDictionary<string, ReproduceSummary> rows)
    {
        console.WriteLine("Test accuracy, mean ± sd over seeds. All systems are simulated, their parameters ours; the epoch was chosen on validation samples.");
        console.Write(Accuracies(rows));
        console.WriteLine("What it took. Physical time is the converters' own, without the link; energy is what the drive's source gives, where the model has its current.");
        console.Write(Costs(rows));
    }

    private static Table Accuracies(IReadOnlyDictionary<string, ReproduceSummary> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in new[] { "experiment", "seeds", "paper", "PAT", "goal", "in silico: claims → delivers", "noise-aware: delivers", "ideal: claims → delivers", "digital", "clamp only" })
        {
            table.AddColumn(column);
        }

        foreach ((string name, ReproduceSummary row) in rows)
        {
            table.AddRow([.. new[]
            {
                name, row.Seeds.ToString(CultureInfo.InvariantCulture), row.Paper, Figures(row.Pat),
                $"{ResultTable.Percent(row.Goal)}: {row.GoalReached switch { true => "reached", false => "not reached", null => "not yet known" }}",
                $"{Figures(row.InSilicoClaimed)} → {Figures(row.InSilicoDeployed)}", Figures(row.NoiseAwareDeployed),
                $"{Figures(row.IdealClaimed)} → {Figures(row.IdealDeployed)}", ResultTable.Percent(row.DigitalBaseline), Figures(row.Clamp),
            }.Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static Table Costs(IReadOnlyDictionary<string, ReproduceSummary> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in new[] { "experiment", "twin NRMSE", "gradient cosine", "physical passes", "passes / inference", "physical time / inference", "inferences / s", "energy / inference", "computing time" })
        {
            table.AddColumn(column);
        }

        foreach ((string name, ReproduceSummary row) in rows)
        {
            table.AddRow([.. new[]
            {
                name, Number(row.Twin.Nrmse, "F3"), Number(row.Twin.GradientCosine, "F3"), row.Passes.ToString("N0", CultureInfo.InvariantCulture),
                row.PassesPerInference.ToString(CultureInfo.InvariantCulture), $"{Number(1000 * row.SecondsPerInference, "G3")} ms", Number(row.InferencesPerSecond, "G3"),
                row.JoulePerInference is double joule ? $"{Number(1e6 * joule, "G3")} µJ" : "no current in the model", Durations.Short(TimeSpan.FromSeconds(row.Seconds.Total)),
            }.Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static string Figures(AccuracyFigures? figures) => figures is null
        ? "–"
        : figures.Each.Count > 1 ? $"{Number(100 * figures.Mean, "F1")} ± {Number(100 * figures.Sd, "F1")} %" : ResultTable.Percent(figures.Mean);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
