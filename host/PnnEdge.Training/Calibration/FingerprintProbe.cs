using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Takes a bench's fingerprint, and looks whether a bench still has it.</summary>
public static class FingerprintProbe
{
    /// <summary>Shots of a calibration: the last seed's, from its first on.</summary>
    public static ShotCounter CalibrationShots() => new(ShotIndex.First(ShotIndex.MaxSeed));

    /// <summary>Shots of a later look: other noise than the calibration's, and faults that begin at a shot begin there, too.</summary>
    public static ShotCounter LookShots() => new(ShotIndex.First(ShotIndex.MaxSeed - 1));

    /// <exception cref="PhysicalSystemException">The bench's answer does not depend on the probe.</exception>
    public static async Task<Fingerprint> TakeAsync(
        IPhysicalSystem system, ProbeSettings settings, ShotCounter counter, Action<string, int, int> progress, CancellationToken cancellation)
    {
        ProbeAnswers answers = await ProbeAnswers.PlayAsync(
            system, settings.Seed, settings.ProbeShots, settings.Repeats, counter, done => progress("fingerprint", done, settings.Repeats), cancellation);
        return Fingerprint.Of(answers, settings, system.Description.MeasurementStepVolts, system.Description.Name);
    }

    public static async Task<FingerprintLook> LookAsync(IPhysicalSystem system, Fingerprint kept, ShotCounter counter, CancellationToken cancellation)
    {
        ProbeAnswers answers = await ProbeAnswers.PlayAsync(system, kept.Seed, kept.ProbeShots, kept.LookRepeats, counter, _ => { }, cancellation);
        return kept.Look(answers.MeanVolts());
    }

    /// <summary>Whether a bench may be used as the one that was calibrated.</summary>
    /// <exception cref="PhysicalSystemException">Its channels are others, or its answer lies too far away: one sentence that says how far.</exception>
    public static async Task<FingerprintLook> RequireAsync(IPhysicalSystem system, BenchCalibration calibration, ShotCounter counter, CancellationToken cancellation)
    {
        string name = system.Description.Name;
        if (calibration.Bench.Unlike(BenchIdentity.Of(system.Description)) is string other)
        {
            throw new PhysicalSystemException($"{name} {other} as in the calibration of {calibration.MeasuredUtc:yyyy-MM-dd}; put the calibrated bench back, or calibrate this one with 'pnn calibrate'.");
        }

        FingerprintLook look = await LookAsync(system, calibration.Fingerprint, counter, cancellation);
        return look.Fits
            ? look
            : throw new PhysicalSystemException($"{name} does not answer the probe as {calibration.Title}: {look.Told}; put the calibrated bench back, or calibrate this one with 'pnn calibrate'.");
    }
}
