using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Which unit stands on the bench, and what disturbs it. Every source can be switched off by its <c>None</c>.</summary>
public sealed record SecondHarmonicBenchOptions
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

    /// <summary>With <see cref="Serial"/> and the logical shot index it fixes noise and drift.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fixes the unit's imperfections.</summary>
    public ulong Serial { get; init; } = 1;

    public SecondHarmonicTolerances Tolerances { get; init; } = SecondHarmonicTolerances.Typical;

    public SecondHarmonicNoise Noise { get; init; } = SecondHarmonicNoise.Typical;

    public SecondHarmonicDrift Drift { get; init; } = SecondHarmonicDrift.Typical;

    /// <summary>Of <see cref="SecondHarmonicBench.SupportedFaults"/>; converters, device and twin inject the others.</summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>How many threads compute a batch; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
