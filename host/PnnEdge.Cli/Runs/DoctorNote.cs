using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Runs;

/// <summary>A doctor's report that a run has beside its results.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Bench">Which it is of.</param>
public sealed record DoctorNote(string File, string Bench, DateTimeOffset MeasuredUtc)
{
    /// <exception cref="UserException">There is no such file, or it found something wrong.</exception>
    /// <exception cref="InvalidDataException">It is no report.</exception>
    public static DoctorNote Of(string path)
    {
        if (!System.IO.File.Exists(path)) { throw new UserException($"The report {path} is not there; 'pnn doctor --out {path}' makes one."); }
        try
        {
            DoctorReport report = JsonText.Read<DoctorReport>(System.IO.File.ReadAllText(path)) ?? throw new JsonException("it is empty");
            if (report.Checks is null || report.Bench is null) { throw new JsonException("it has no bench and no checks"); }
            return report.Sound
                ? new DoctorNote(path, report.Bench, report.MeasuredUtc)
                : throw new UserException($"The doctor found {report.Bench} not sound{(report.Strict ? " by strict measure" : string.Empty)}: {string.Join(", ", report.NotSound)}; see to it, and let 'pnn doctor' look again.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no report of 'pnn doctor': {broken.Message}", broken);
        }
    }

    /// <exception cref="PhysicalSystemException">Another bench than the report is of.</exception>
    public void RequireOf(SystemDescription system)
    {
        if (system.Name != Bench)
        {
            throw new PhysicalSystemException(FormattableString.Invariant($"The report {File} is of {Bench}, looked at on {MeasuredUtc:yyyy-MM-dd}, and this bench is {system.Name}; let 'pnn doctor' look at this one."));
        }
    }
}
