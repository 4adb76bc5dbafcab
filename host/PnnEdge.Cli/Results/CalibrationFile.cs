using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Training.Calibration;

namespace PnnEdge.Cli.Results;

/// <summary>A calibration as a file of JSON, described by hardware/calibration/calibration.schema.json; its id is a hash of everything else in it.</summary>
internal static class CalibrationFile
{
    /// <summary>Replaces the file whole.</summary>
    /// <returns>The calibration with its id.</returns>
    public static BenchCalibration Save(string path, BenchCalibration calibration)
    {
        BenchCalibration named = calibration with { Id = IdOf(calibration) };
        AtomicFile.Write(path, JsonText.Page(named));
        return named;
    }

    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no calibration, of another format, or changed since it was measured: one sentence.</exception>
    public static BenchCalibration Load(string path)
    {
        if (!File.Exists(path)) { throw new UserException($"The calibration {path} is not there; 'pnn calibrate --out {path}' makes one."); }
        try
        {
            string text = File.ReadAllText(path);
            string? format = JsonText.Read<FormatOnly>(text)?.Format;
            if (format != BenchCalibration.CurrentFormat)
            {
                throw new InvalidDataException($"{path} has format '{format}'; this program reads {BenchCalibration.CurrentFormat}.");
            }

            BenchCalibration calibration = JsonText.Read<BenchCalibration>(text) ?? throw new JsonException("it is empty");
            return IsWhole(calibration) && IdOf(calibration) == calibration.Id
                ? calibration
                : throw new InvalidDataException($"{path} does not match its own id {calibration.Id}: it was changed after it was measured; measure again with 'pnn calibrate'.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no calibration: {broken.Message}", broken);
        }
    }

    private static string IdOf(BenchCalibration calibration) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonText.Line(calibration with { Id = string.Empty }))))[..16];

    // A reader leaves what is not there null, whatever the type says.
    private static bool IsWhole(BenchCalibration c) =>
        c is { Bench.Actuators: not null, Shape: not null, Channels.Count: > 0, Fingerprint: { MeanVolts: not null, NoiseVolts: not null, WidthVolts: not null } f }
        && f.MeanVolts.Length == c.Shape.MeasurementSamples * f.ProbeShots && f.WidthVolts.Length == f.MeanVolts.Length && c.Channels.All(channel => channel is not null);

    private sealed record FormatOnly(string? Format);
}
