using System.Globalization;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Search;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <param name="Candidates">Best first.</param>
/// <param name="Fidelity">Of the best, on shots that nothing was chosen by.</param>
internal sealed record TwinSearchReport(
    string Task, string System, string File, int FittedShots, IReadOnlyList<TwinSearchRow> Candidates, FidelityReport Fidelity)
{
    public void Show(CliHost host, bool json)
    {
        IAnsiConsole console = json ? Consoles.On(host.Error, host.ErrorIsTerminal) : Consoles.On(host.Out, host.OutIsTerminal);
        console.Write(Table());
        console.Write(new TwinReport(Task, System, File, FittedShots, Candidates[0].HeldOutNrmse, null, null, Fidelity).Table());
        if (json) { host.Out.WriteLine(JsonText.Line(this)); }
    }

    private Table Table()
    {
        Table table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"twins of {System}, shots of task {Task}, best first")) };
        table.AddColumn("twin").AddColumn(new TableColumn("parameters").RightAligned()).AddColumn(new TableColumn("multiply-adds a shot").RightAligned())
            .AddColumn(new TableColumn("steps").RightAligned()).AddColumn(new TableColumn("rungs").RightAligned())
            .AddColumn(new TableColumn("NRMSE, held out").RightAligned()).AddColumn(new TableColumn("gradient cosine").RightAligned());
        foreach (TwinSearchRow row in Candidates)
        {
            table.AddRow(
                new Text(row.Candidate.Name), new Text(Whole(row.Parameters)), new Text(Whole(row.MultiplyAddsPerShot)), new Text(Whole(row.Steps)), new Text(Whole(row.Rungs)),
                new Text(row.Refused is null ? row.HeldOutNrmse.ToString("F3", CultureInfo.InvariantCulture) : row.Refused), new Text(row.GradientCosine?.ToString("F3", CultureInfo.InvariantCulture) ?? "–"));
        }

        return table;
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
