using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Tests;

internal static class Faults
{
    /// <summary>As typed, separated by commas.</summary>
    public static IReadOnlyList<NamedFault> These(string faults) => [.. faults.Split(',', StringSplitOptions.TrimEntries).Select(NamedFault.Parse)];
}
