using PnnEdge.Physics.Channel;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.VirtualDevice.Tests.Support;

internal static class Inject
{
    /// <summary>As typed, separated by commas.</summary>
    public static InjectedFaults These(string faults) => new([.. faults.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NamedFault.Parse)]);
}
