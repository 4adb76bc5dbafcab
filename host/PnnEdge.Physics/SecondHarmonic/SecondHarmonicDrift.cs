using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Slow change with the logical shot index, and what temperature does; ours.</summary>
public readonly record struct SecondHarmonicDrift
{
    /// <summary>Drift and temperature are looked up once for this many shots, and stand still between: 1.3 s at the default rate, 1e-5 windows.</summary>
    public const ulong ShotsPerUpdate = 128;

    // The spectrum's walk: independent smooth ones, each with a knot twice as long as the one before. Their sum wanders
    // with the root of time, within 6 % from a minute to two hours; beyond 17 h it ceases to grow.
    private const uint Octaves = 13;
    private const double FirstKnotMinutes = 0.25;

    // The sum's mean square change over τ is 6.28 τ (computed from the knots' weights).
    private const double OctaveScale = 0.399;

    public SecondHarmonicDrift()
    {
    }

    public static SecondHarmonicDrift Typical { get; } = new();

    /// <summary>Nothing drifts; the coefficients stay, for <c>temp.ramp</c>.</summary>
    public static SecondHarmonicDrift None { get; } = new() { ShiftWindowsPerRootMinute = 0, PulseEnergyRms = 0, DispersionFs2Rms = 0 };

    /// <summary>At the shaper's pattern rate.</summary>
    public ulong ShotsPerMinute { get; init; } = (ulong)(60 * SecondHarmonicBench.PatternRateHz);

    /// <summary>
    /// Rms of the spectrum's walk across the pixels, as a fraction of the window. The bench is aligned where counting
    /// begins: at running number 0 (<see cref="NamedFault.RunningNumber"/>), a run's first shot.
    /// </summary>
    public double ShiftWindowsPerRootMinute { get; init; } = 1e-4;

    /// <summary>Relative.</summary>
    public double PulseEnergyRms { get; init; } = 5e-3;

    /// <summary>Of GDD, fs².</summary>
    public double DispersionFs2Rms { get; init; } = 5;

    /// <summary>Correlation time of energy and dispersion.</summary>
    public ulong MinutesPerKnot { get; init; } = 10;

    /// <summary>An aluminium breadboard of 0.5 m grows by 12 µm/K, which moves the spectrum on a shaper of 60 mm by this fraction of its window.</summary>
    public double ShiftWindowsPerKelvin { get; init; } = 2e-4;

    /// <summary>∂Δk₀/∂T, 1/(mm·K): BBO's acceptance of 55 K·cm is where ΔkL turns by 5.57.</summary>
    public double PhaseMismatchPerMmPerKelvin { get; init; } = 0.01;

    /// <summary>Windows.</summary>
    internal double ShiftWindows(ChanceSource chance, ulong shot) => ShiftWindowsPerRootMinute == 0
        ? 0
        : ShiftWindowsPerRootMinute * OctaveScale * (Walk(chance, shot) - Walk(chance, shot - NamedFault.RunningNumber(shot)));

    /// <summary>Relative to the energy that the parameters hold at, 1.</summary>
    internal double PulseEnergy(ChanceSource chance, ulong shot) => PulseEnergyRms == 0
        ? 1
        : 1 + PulseEnergyRms * SlowWalk.At(chance, ChanceStream.PulseEnergyDrift, shot, MinutesPerKnot * ShotsPerMinute);

    /// <summary>Added to GDD, fs².</summary>
    internal double DispersionFs2(ChanceSource chance, ulong shot) => DispersionFs2Rms == 0
        ? 0
        : DispersionFs2Rms * SlowWalk.At(chance, ChanceStream.DispersionDrift, shot, MinutesPerKnot * ShotsPerMinute);

    private double Walk(ChanceSource chance, ulong shot)
    {
        double sum = 0;
        double knotMinutes = FirstKnotMinutes;
        for (uint octave = 0; octave < Octaves; octave++)
        {
            sum += Math.Sqrt(knotMinutes) * SlowWalk.At(chance, ChanceStream.SpectralShift, shot, (ulong)(knotMinutes * ShotsPerMinute), octave);
            knotMinutes *= 2;
        }

        return sum;
    }
}
