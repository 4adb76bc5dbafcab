using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Tests;

internal static class Faults
{
    /// <summary>As typed, separated by commas; empty gives none.</summary>
    public static IReadOnlyList<NamedFault> These(string faults) => [.. faults.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NamedFault.Parse)];
}
