using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>Slow change with the logical shot index; ours.</summary>
public readonly record struct OscillatorDrift
{
    public OscillatorDrift()
    {
    }

    public static OscillatorDrift Typical { get; } = new();

    public static OscillatorDrift None { get; } = new() { CouplingRms = 0, ForceRms = 0 };

    /// <summary>Relative, of all couplings together, 1.</summary>
    public double CouplingRms { get; init; } = 5e-3;

    /// <summary>Added to every drive e_i alike, 1.</summary>
    public double ForceRms { get; init; } = 2e-3;

    /// <summary>Correlation length of both walks, shots.</summary>
    public ulong ShotsPerKnot { get; init; } = 20_000;

    /// <summary>Factor on every coupling, 1.</summary>
    internal double CouplingFactor(ChanceSource chance, ulong shot) => CouplingRms == 0
        ? 1
        : 1 + CouplingRms * SlowWalk.At(chance, ChanceStream.CouplingDrift, shot, ShotsPerKnot);

    internal double ForceOffset(ChanceSource chance, ulong shot) => ForceRms == 0
        ? 0
        : ForceRms * SlowWalk.At(chance, ChanceStream.ForceDrift, shot, ShotsPerKnot);
}
