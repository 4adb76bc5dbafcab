using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics;

/// <summary>Which unit stands on a bench, and what disturbs it: what every system has. A system's own sources can each be switched off by their <c>None</c>.</summary>
public abstract record BenchOptions
{
    /// <summary>With <see cref="Serial"/> and the logical shot index it fixes noise and drift.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fixes the unit's imperfections.</summary>
    public ulong Serial { get; init; } = 1;

    /// <summary>Those of the bench's <c>SupportedFaults</c>; converters, device and twin inject the others.</summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>How many threads compute a batch; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
