namespace PnnEdge.Training.Systems;

/// <summary>Logical shot indices: seed in the upper 24 bits, then a running number that counts as a bench would: twin shots, probes, training, tests.</summary>
/// <remarks>Drift is a function of the index, so what is played one after the other meets drift as it goes on; no noise is ever seen twice.</remarks>
public static class ShotIndex
{
    public const ulong MaxSeed = (1UL << 24) - 1;

    private const int RunningBits = 40;

    /// <summary>The first shot of a seed.</summary>
    public static ulong First(ulong seed) => seed <= MaxSeed
        ? seed << RunningBits
        : throw new ArgumentOutOfRangeException(nameof(seed), $"Asked for seed {seed}; shot indices hold seeds from 0 to {MaxSeed}.");

    /// <summary>Where a run of shots lies when each is played so often in a row: its running number times that.</summary>
    public static ulong Repeated(ulong shot, int repeats)
    {
        ulong running = shot & ((1UL << RunningBits) - 1);
        return shot - running + (running * (ulong)repeats);
    }
}
