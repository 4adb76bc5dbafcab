namespace PnnEdge.Training.Systems;

/// <summary>What a shot is played for; each purpose owns its own range of logical indices, so no noise is ever seen twice.</summary>
public enum ShotPurpose
{
    TwinFit,
    TwinFidelity,
    Training,
    Validation,
    Test,
    DeployedValidation,
    DeployedTest,
    Calibration,
}

/// <summary>Logical shot indices: seed in the upper 24 bits, then 3 bits of purpose, then a running number.</summary>
public static class ShotIndex
{
    public const ulong MaxSeed = (1UL << 24) - 1;

    private const int RunningBits = 37;

    public static ulong First(ulong seed, ShotPurpose purpose) => seed <= MaxSeed
        ? (seed << 40) | ((ulong)purpose << RunningBits)
        : throw new ArgumentOutOfRangeException(nameof(seed), $"Asked for seed {seed}; shot indices hold seeds from 0 to {MaxSeed}.");

    /// <summary>Where a run of shots lies when each is played so often in a row: its running number times that, in the same purpose's range.</summary>
    public static ulong Repeated(ulong shot, int repeats)
    {
        ulong running = shot & ((1UL << RunningBits) - 1);
        return shot - running + (running * (ulong)repeats);
    }
}
