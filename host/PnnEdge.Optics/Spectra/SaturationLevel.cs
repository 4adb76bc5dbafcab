using PnnEdge.Optics.Rigs;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Spectra;

/// <summary>From which reading on a pixel counts as saturated. A mean of exposures is suspect before the detector's end: some of them may have been cut off there.</summary>
/// <remarks>
/// Of n exposures x with independent normal noise σ, the greatest lies further above their mean than t with a probability of at most n·Q(t/σ·√(n/(n−1))): each
/// alone has a deviation from the mean of σ·√((n−1)/n). Cutting off at an end E moves the greatest at least as far down as the mean, so that where one was cut
/// off (the greatest is E) the mean is at least E − t, but for that probability. It holds for a pixel at any brightness, and is a part of
/// all its readings, not of those that were cut off. A sound pixel nearer to the end than t is counted, too: its exposures may have been cut off, and nobody can tell.
/// </remarks>
public static class SaturationLevel
{
    /// <summary>Of all readings, those that hold a cut-off exposure and are not counted are fewer.</summary>
    public const double MostMissed = 1e-3;

    /// <param name="detectorEnd">What a saturated pixel reads in one exposure, detector units; null where the instrument does not say.</param>
    /// <returns>Detector units; null where it cannot be told.</returns>
    /// <exception cref="PhysicalSystemException">Means are read, and the rig does not say how much exposures scatter.</exception>
    public static double? Of(SpectrometerSettings settings, double? detectorEnd)
    {
        int n = settings.Averages;
        if (detectorEnd is not double end || n <= 1) { return detectorEnd; }
        if (!(settings.ExposureRmsReading > 0 && double.IsFinite(settings.ExposureRmsReading)))
        {
            throw new PhysicalSystemException(FormattableString.Invariant(
                $"The rig averages {n} exposures and its exposure_rms_reading is {settings.ExposureRmsReading}; to tell pixels that saturate in some of them, say how much one exposure scatters near {end} (above 0, rms, in units of a reading)."));
        }

        double sigmas = Uncertain.StudentQuantile(1 - (MostMissed / n), double.PositiveInfinity);
        return end - (sigmas * Math.Sqrt((n - 1.0) / n) * settings.ExposureRmsReading);
    }
}
