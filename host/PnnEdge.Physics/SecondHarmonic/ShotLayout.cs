namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The sizes of the system and how one shot lies on the sample clock: 100 words load the shaper's pixels, then 50 samples
/// at rest read the spectrometer's bins, one each.
/// </summary>
internal static class ShotLayout
{
    public const int Pixels = 100;

    public const int SubSamplesPerPixel = 2;

    /// <summary>Frequencies of the pump that are followed, N.</summary>
    public const int FieldSamples = Pixels * SubSamplesPerPixel;

    /// <summary>Frequencies of the second harmonic, 2N − 1: every sum of two.</summary>
    public const int HarmonicSamples = 2 * FieldSamples - 1;

    public const int Bins = 50;

    public const int SamplesPerShot = Pixels + Bins;

    /// <summary>Zero-padded length of the transforms: above 2N − 1, so that nothing wraps around.</summary>
    public const int TransformLength = 512;

    /// <exception cref="ArgumentException">Another number of samples.</exception>
    public static void RequireSamples(int samplesPerShot)
    {
        if (samplesPerShot != SamplesPerShot)
        {
            throw new ArgumentException(
                $"Asked the shg for shots of {samplesPerShot} samples; a shot has {SamplesPerShot}: {Pixels} to load the pixels and {Bins} to read the bins.",
                nameof(samplesPerShot));
        }
    }
}
