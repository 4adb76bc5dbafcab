using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Twins;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <param name="FittedShots">Random shots it was fitted to; null when it was only probed.</param>
/// <param name="HeldOutNrmse">On shots of the fit that it never saw; null when it was only probed.</param>
/// <param name="RecordedShots">Those of a recording that a kept twin was held against; null when it was not.</param>
/// <param name="RecordedNrmse">On all of them, the twin's own fitted ones among them if it was fitted there; null when it was not.</param>
/// <param name="Fidelity">On a bench; null without one.</param>
internal sealed record TwinReport(
    string Task, string System, string File, int? FittedShots, double? HeldOutNrmse, int? RecordedShots, double? RecordedNrmse, FidelityReport? Fidelity)
{
    public static TwinReport Fitted(string task, string system, string file, TwinFit fit, FidelityReport? fidelity) =>
        new(task, system, file, fit.Shots, fit.HeldOutNrmse, null, null, fidelity);

    public static TwinReport Probed(string task, string system, string file, FidelityReport fidelity) => new(task, system, file, null, null, null, null, fidelity);

    public static TwinReport Recorded(string task, string system, string file, ITwin twin, ShotSet recorded) =>
        new(task, system, file, null, null, recorded.Count, TwinFitting.Nrmse(twin, recorded), null);

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
        if (RecordedNrmse is double known) { Row(table, "NRMSE, recorded shots", known, null, $"error over spread of {RecordedShots} shots; flattering if the twin was fitted to them"); }
        if (Fidelity is not null) { Rows(table, Fidelity); }
        return table;
    }

    private static void Rows(Table table, FidelityReport fidelity)
    {
        Row(table, "NRMSE, fresh shots", fidelity.DeviceNrmse, fidelity.TruthNrmse, "error over spread of the windows");
        Row(table, "gradient cosine", fidelity.DeviceGradientCosine, fidelity.TruthGradientCosine,
            FormattableString.Invariant($"device: noise taken out, 95 % interval {fidelity.DeviceCosineLow:F3} to {fidelity.DeviceCosineHigh:F3}"));
        Row(table, "cosine of split halves", fidelity.SplitHalfCosine, null, "how repeatable the measured gradient is");
        Row(table, "cosine at half the step", double.NaN, fidelity.TruthPlateauCosine, FormattableString.Invariant($"near 1: the step of {fidelity.StepVolts:F3} V is on a plateau"));
    }

    private static void Row(Table table, string name, double device, double? truth, string what) =>
        table.AddRow(new Text(name), new Text(Figure(device)), new Text(Figure(truth ?? double.NaN)), new Text(what));

    private static string Figure(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:F3}") : "–";
}
