using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Twins;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <param name="FittedShots">Random shots it was fitted to; null when it was only probed.</param>
/// <param name="HeldOutNrmse">On shots of the fit that it never saw; null when it was only probed.</param>
internal sealed record TwinReport(string Task, string System, string File, int? FittedShots, double? HeldOutNrmse, FidelityReport Fidelity)
{
    public void Show(CliHost host, bool json)
    {
        IAnsiConsole console = json ? Consoles.On(host.Error, host.ErrorIsTerminal) : Consoles.On(host.Out, host.OutIsTerminal);
        console.Write(Table());
        if (json) { host.Out.WriteLine(JsonText.Line(this)); }
    }

    public Table Table()
    {
        Table table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"twin of {System}, shots of task {Task}: {File}")) };
        table.AddColumn("figure").AddColumn(new TableColumn("on the device").RightAligned()).AddColumn(new TableColumn("noise-free").RightAligned()).AddColumn("what it is");
        if (HeldOutNrmse is double heldOut) { Row(table, "NRMSE, held out", heldOut, null, $"a tenth of {FittedShots} fitted shots"); }
        Row(table, "NRMSE, fresh shots", Fidelity.DeviceNrmse, Fidelity.TruthNrmse, "error over spread of the windows");
        Row(table, "gradient cosine", Fidelity.DeviceGradientCosine, Fidelity.TruthGradientCosine,
            FormattableString.Invariant($"device: noise taken out, 95 % interval {Fidelity.DeviceCosineLow:F3} to {Fidelity.DeviceCosineHigh:F3}"));
        Row(table, "cosine of split halves", Fidelity.SplitHalfCosine, null, "how repeatable the measured gradient is");
        Row(table, "cosine at half the step", double.NaN, Fidelity.TruthPlateauCosine, FormattableString.Invariant($"near 1: the step of {Fidelity.StepVolts:F3} V is on a plateau"));
        return table;
    }

    private static void Row(Table table, string name, double device, double? truth, string what) =>
        table.AddRow(new Text(name), new Text(Figure(device)), new Text(Figure(truth ?? double.NaN)), new Text(what));

    private static string Figure(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:F3}") : "–";
}
