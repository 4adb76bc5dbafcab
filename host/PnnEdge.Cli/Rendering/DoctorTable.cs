using System.Globalization;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Calibration.Doctor;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>What the doctor found, as a table for a person.</summary>
internal static class DoctorTable
{
    public static void Write(IAnsiConsole console, DoctorReport report, bool inProcess)
    {
        console.WriteLine($"{report.Bench} ({(report.Simulated ? "simulated" : "measured")}), {(report.Loopback ? "a wire in the physics' place" : "through the bench")}");
        Table table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("check").AddColumn(new TableColumn("measured").RightAligned()).AddColumn(new TableColumn("± (95 %)").RightAligned()).AddColumn(new TableColumn("limit").RightAligned())
            .AddColumn("unit").AddColumn("verdict").AddColumn("what to do");
        foreach (DoctorCheck check in report.Checks)
        {
            table.AddRow(
                new Text(check.Check), new Text(Figure(check.Measured)), new Text(Figure(check.Uncertainty)), new Text(Figure(check.Limit)), new Text(check.Unit), new Text(Word(check.Verdict)), new Text(check.Advice));
        }

        console.Write(table);
        console.WriteLine(FormattableString.Invariant(
            $"Round trip of single shots {(inProcess ? "inside this process" : "over the link")}: {report.RoundTripMillis.P50:G3} ms at the median, {report.RoundTripMillis.P95:G3} ms at 95 %."));
        int wrong = report.Checks.Count(check => check.Verdict == DoctorVerdict.Wrong), open = report.Checks.Count(check => check.Verdict == DoctorVerdict.NotChecked);
        console.WriteLine($"{(wrong == 0 ? "Nothing wrong was found" : $"{wrong} {(wrong == 1 ? "check is" : "checks are")} wrong")}{(open == 0 ? string.Empty : $"; {open} could not be made")}.");
    }

    private static string Word(DoctorVerdict verdict) => verdict switch
    {
        DoctorVerdict.Sound => "sound",
        DoctorVerdict.Wrong => "WRONG",
        _ => "not checked",
    };

    private static string Figure(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞") : "–";
}
