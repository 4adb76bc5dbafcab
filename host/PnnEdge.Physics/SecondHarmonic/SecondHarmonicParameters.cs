namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// A femtosecond pulse whose spectrum is shaped pixel by pixel, a χ⁽²⁾ crystal that doubles its frequency, and a
/// spectrometer. Times in fs, lengths in mm: ω³ in rad/s would overflow single precision.
/// </summary>
/// <remarks>
/// Wright et al. (arXiv 2104.13386) publish the system's kind, not its values: every number here is ours, a
/// Ti:sapphire laser and BBO for the optics. Ranges are in <see cref="SecondHarmonicParameterRanges"/>. Fields stand as
/// Σ A(Ω)e^{+iΩt}, Ω counted from ω₀ (from 2ω₀ for the harmonic); pixel 0 is the lowest Ω. Where wavelengths are given,
/// 20 nm of window stand for 2πc·20 nm/λ₀² of Ω, so that pixels are equally wide in Ω.
/// </remarks>
public readonly record struct SecondHarmonicParameters
{
    public SecondHarmonicParameters()
    {
    }

    public static SecondHarmonicParameters Nominal { get; } = new();

    /// <summary>λ₀.</summary>
    public double CentreWavelengthNm { get; init; } = 780;

    /// <summary>What all pixels together span.</summary>
    public double WindowNm { get; init; } = 20;

    /// <summary>Full width at half maximum of the laser's Gaussian spectral intensity.</summary>
    public double SpectrumFwhmNm { get; init; } = 18;

    /// <summary>Of the spectral intensity, peak; 1.</summary>
    public double RippleFraction { get; init; } = 0.08;

    public double RipplePeriodNm { get; init; } = 5;

    /// <summary>GDD: the phase GDD·Ω²/2 of the pulse that enters the crystal, fs².</summary>
    public double GroupDelayDispersionFs2 { get; init; } = 120;

    /// <summary>TOD: the phase TOD·Ω³/6, fs³.</summary>
    public double ThirdOrderDispersionFs3 { get; init; } = 800;

    /// <summary>Standard deviation of one frequency's Gaussian spot on the pixels, in pixels.</summary>
    public double PointSpreadPixels { get; init; } = 0.75;

    /// <summary>How far the spectrum has moved across the pixels, towards higher ones, as a fraction of the window.</summary>
    public double ShiftWindows { get; init; }

    public double CrystalMm { get; init; } = 0.5;

    /// <summary>κ, 1/mm, for a field of 1: all pixels of a flat spectrum at amplitude 1, in phase. κL = 0.2 depletes the pump by 4 % at most.</summary>
    public double CouplingPerMm { get; init; } = 0.4;

    /// <summary>Δk₀, 1/mm, at Ω = 0.</summary>
    public double PhaseMismatchPerMm { get; init; }

    /// <summary>δ: how much later per length the harmonic runs than the pump, fs/mm.</summary>
    public double GroupVelocityMismatchFsPerMm { get; init; } = 180;

    /// <summary>β₂₁, fs²/mm; the full model alone has it.</summary>
    public double PumpDispersionFs2PerMm { get; init; } = 75;

    /// <summary>β₂₂, fs²/mm; the full model alone has it.</summary>
    public double HarmonicDispersionFs2PerMm { get; init; } = 190;

    /// <summary>The middle part of the harmonic's band (twice the window) that falls on the bins.</summary>
    public double ReadBandFraction { get; init; } = 0.6;

    /// <summary>Standard deviation of the spectrometer's Gaussian blur, in bins.</summary>
    public double BlurBins { get; init; } = 0.55;

    /// <summary>
    /// V per harmonic energy in a bin, such that the brightest bin reads 1 V with every pixel at amplitude 0.6: random
    /// amplitudes in [0, 1] then read 0 to 1 V. A bin's reading grows with the amplitude's fourth power, so all pixels
    /// at 1 read up to 7.7 V; a converter that ends at 1.2 V clips that.
    /// </summary>
    public double ReadVoltsPerEnergy { get; init; } = 2.7575e6;

    /// <summary>The window in Ω, rad/fs.</summary>
    public double WindowRadPerFs => 2 * Math.PI * LightNmPerFs * WindowNm / (CentreWavelengthNm * CentreWavelengthNm);

    /// <summary>Distance of neighbouring Ω, of the pump and of the harmonic, rad/fs.</summary>
    public double SpacingRadPerFs => WindowRadPerFs / ShotLayout.FieldSamples;

    private const double LightNmPerFs = 299.792458;
}
