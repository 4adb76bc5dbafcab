namespace PnnEdge.Physics.SecondHarmonic;

public sealed record SecondHarmonicBenchOptions : BenchOptions
{
    /// <summary>The equations alone: nominal pixels, no noise, no drift, no fault. For oracles.</summary>
    public static SecondHarmonicBenchOptions Ideal { get; } = new()
    {
        Tolerances = SecondHarmonicTolerances.None,
        Noise = SecondHarmonicNoise.None,
        Drift = SecondHarmonicDrift.None,
    };

    public SecondHarmonicParameters Parameters { get; init; } = SecondHarmonicParameters.Nominal;

    /// <summary>
    /// Neither changes the parameters: at the nominal ones <see cref="CrystalEquations.Full"/> depletes the pump by 4 % at most, and a
    /// random shot's reading differs by 0.4 % rms. Jitter, drift and <c>opt.power</c> scale a reading with the energy's square in both:
    /// the depletion is that of the energy without them.
    /// </summary>
    public CrystalEquations Crystal { get; init; } = CrystalEquations.Undepleted;

    public SecondHarmonicTolerances Tolerances { get; init; } = SecondHarmonicTolerances.Typical;

    public SecondHarmonicNoise Noise { get; init; } = SecondHarmonicNoise.Typical;

    public SecondHarmonicDrift Drift { get; init; } = SecondHarmonicDrift.Typical;
}
