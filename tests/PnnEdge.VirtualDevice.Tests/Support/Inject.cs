using PnnEdge.Physics.Channel;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.VirtualDevice.Tests.Support;

internal static class Inject
{
    /// <summary>As typed, separated by commas.</summary>
    public static InjectedFaults These(string faults) => new(Parsed(faults));

    /// <summary>As typed, separated by commas.</summary>
    public static InjectedFaults OfRoom(string ramps) => new([]) { OfRoom = Parsed(ramps) };

    private static NamedFault[] Parsed(string faults) => [.. faults.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NamedFault.Parse)];
}
