using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>Which unit stands on the bench, and what disturbs it. Every source can be switched off by its <c>None</c>.</summary>
public sealed record OscillatorBenchOptions
{
    /// <summary>The equations alone. For oracles, and the original's example 1, which has nothing else.</summary>
    public static OscillatorBenchOptions Ideal { get; } = new()
    {
        Tolerances = OscillatorTolerances.None,
        Noise = OscillatorNoise.None,
        Drift = OscillatorDrift.None,
    };

    /// <summary>The original's example 2: its gap and nothing of ours.</summary>
    public static OscillatorBenchOptions ExampleTwo { get; } = Ideal with { Gap = OscillatorGap.ExampleTwo };

    public OscillatorParameters Parameters { get; init; } = OscillatorParameters.Nominal;

    /// <summary>With <see cref="Serial"/> and the logical shot index it fixes noise and drift.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fixes the unit's imperfections, and its J_noise where the gap has one.</summary>
    public ulong Serial { get; init; } = 1;

    public OscillatorGap Gap { get; init; } = OscillatorGap.None;

    public OscillatorTolerances Tolerances { get; init; } = OscillatorTolerances.Typical;

    public OscillatorNoise Noise { get; init; } = OscillatorNoise.Typical;

    public OscillatorDrift Drift { get; init; } = OscillatorDrift.Typical;

    /// <summary>
    /// Those of <see cref="OscillatorBench.SupportedFaults"/>. Here <c>drift.step</c> is a relative step of all couplings and
    /// <c>drift.regime</c> is added to η, times a half.
    /// </summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>How many threads compute a batch; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
