using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Calibration;

namespace PnnEdge.Cli.Runs;

/// <summary>The calibration of the bench that a run is on. It keeps the file beside its results, and goes on only with the same.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Id">Of the calibration.</param>
public sealed record CalibrationNote(string File, string Id, DateTimeOffset MeasuredUtc)
{
    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no calibration, or was changed.</exception>
    public static CalibrationNote Of(string path)
    {
        BenchCalibration calibration = CalibrationFile.Load(path);
        return new CalibrationNote(path, calibration.Id, calibration.MeasuredUtc);
    }

    /// <summary>The file that a run goes on with: its own copy, unless the same calibration is named.</summary>
    /// <param name="begunWith">Null for a run that has none.</param>
    /// <param name="asked">A file; null for none.</param>
    /// <exception cref="UserException">Another calibration, or one where the run has none.</exception>
    public static string? Resumed(CalibrationNote? begunWith, string? asked, RunFolder folder)
    {
        if (asked is null) { return begunWith is null ? null : folder.CalibrationFile; }
        if (begunWith is null) { throw new UserException($"The run in {folder.Path} began without a calibration; leave out --calibration."); }
        CalibrationNote named = Of(asked);
        return named.Id == begunWith.Id
            ? asked
            : throw new UserException(FormattableString.Invariant(
                $"The run in {folder.Path} began with calibration {begunWith.Id} of {begunWith.MeasuredUtc:yyyy-MM-dd}; {asked} is {named.Id} of {named.MeasuredUtc:yyyy-MM-dd}. Leave out --calibration, or start a new run."));
    }
}
