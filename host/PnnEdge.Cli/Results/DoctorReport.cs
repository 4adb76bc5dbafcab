using System.Text.Json.Serialization;
using PnnEdge.Training.Calibration.Doctor;

namespace PnnEdge.Cli.Results;

/// <summary>What <c>pnn doctor</c> found; with --json the last line of standard output, and the file of --out.</summary>
/// <param name="Loopback">A wire was said to stand in the physics' place.</param>
/// <param name="Strict">What was not checked counts as not sound.</param>
/// <param name="Sound">Nothing is wrong.</param>
/// <param name="Calibration">Id of the calibration that the bench was held against; null for none.</param>
/// <param name="RoundTripMillis">Of single shots, from asking to the answer in volts.</param>
internal sealed record DoctorReport(
    string Bench, bool Simulated, bool Loopback, DateTimeOffset MeasuredUtc, string Program, bool Strict, bool Sound, string? Calibration, RoundTrip RoundTripMillis,
    IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>Names of the checks that keep it from being sound.</summary>
    [JsonIgnore]
    public IEnumerable<string> NotSound => Checks.Where(check => !IsSound(check, Strict)).Select(check => check.Check);

    public static bool IsSound(DoctorCheck check, bool strict) => check.Verdict == DoctorVerdict.Sound || (check.Verdict == DoctorVerdict.NotChecked && !strict);
}

/// <param name="P50">Half of them took no longer, ms.</param> <param name="P95">95 % of them, ms.</param>
internal sealed record RoundTrip(double P50, double P95, int Shots)
{
    /// <param name="millis">Of each.</param>
    public static RoundTrip Of(IEnumerable<double> millis)
    {
        double[] sorted = [.. millis.Order()];
        return new RoundTrip(At(0.5), At(0.95), sorted.Length);

        double At(double share) => sorted[Math.Min((int)Math.Ceiling(share * sorted.Length) - 1, sorted.Length - 1)]; // nearest rank
    }
}
