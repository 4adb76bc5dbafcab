using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>Whether a bench still is the one of a calibration.</summary>
public static class FingerprintCheck
{
    public static async Task<DoctorCheck> LookAsync(IPhysicalSystem system, BenchCalibration kept, ShotCounter shots, CancellationToken cancellation)
    {
        if (kept.Bench.Unlike(BenchIdentity.Of(system.Description)) is string other)
        {
            return new DoctorCheck("fingerprint", double.NaN, double.NaN, 1, "of what fits", DoctorVerdict.Wrong, $"This bench {other} as in the calibration of {kept.MeasuredUtc:yyyy-MM-dd}.");
        }

        FingerprintLook look = await FingerprintProbe.LookAsync(system, kept.Fingerprint, shots, cancellation);
        return new DoctorCheck(
            "fingerprint", look.Worst, double.NaN, 1, "of what fits", look.Fits ? DoctorVerdict.Sound : DoctorVerdict.Wrong,
            look.Fits ? string.Empty : $"Not as {kept.Title}: {look.Told}; a swapped bench, a moved cable, or a drift that asks for a new calibration.");
    }
}
