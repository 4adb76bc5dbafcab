namespace PnnEdge.Architecture.Tests.Rules;

/// <summary>
/// Which project may reference which. Dependencies point one way, from what is assembled to what everything stands on; what is not
/// listed is not allowed. Training never sees the wire; the simulator runs the real firmware core.
/// </summary>
public static class DependencyTable
{
    private static readonly Dictionary<string, string[]> Listed = new()
    {
        ["PnnEdge.Wire"] = [],
        ["PnnEdge.Numerics"] = [],
        ["PnnEdge.Firmware.Core"] = ["PnnEdge.Wire"],
        ["PnnEdge.Firmware.Drivers"] = ["PnnEdge.Wire"],
        ["PnnEdge.Firmware.Esp32"] = ["PnnEdge.Firmware.Core", "PnnEdge.Firmware.Drivers", "PnnEdge.Wire"],
        ["PnnEdge.Physics"] = ["PnnEdge.Numerics"],
        ["PnnEdge.Training"] = ["PnnEdge.Numerics"],
        ["PnnEdge.Interchange"] = ["PnnEdge.Training"],
        ["PnnEdge.Twins.Physics"] = ["PnnEdge.Training", "PnnEdge.Physics"],
        ["PnnEdge.Twins.Torch"] = ["PnnEdge.Training"],
        ["PnnEdge.Link"] = ["PnnEdge.Training", "PnnEdge.Wire"],
        ["PnnEdge.VirtualDevice"] = ["PnnEdge.Firmware.Core", "PnnEdge.Wire", "PnnEdge.Physics", "PnnEdge.Training"],
        ["PnnEdge.Optics"] = ["PnnEdge.Training", "PnnEdge.Physics"],
        ["PnnEdge.RaspberryPi"] = ["PnnEdge.Training", "PnnEdge.Wire", "PnnEdge.Firmware.Core", "PnnEdge.Firmware.Drivers", "PnnEdge.Physics", "PnnEdge.VirtualDevice"],
        ["PnnEdge.Runs"] = ["PnnEdge.Training"],
    };

    /// <summary>The optional component is loaded, never referenced.</summary>
    private static readonly Dictionary<string, string[]> AllBut = new()
    {
        ["PnnEdge.Dashboard"] = ["PnnEdge.Twins.Torch"],
        ["PnnEdge.Cli"] = ["PnnEdge.Twins.Torch"],
    };

    public static bool Lists(string project) => Listed.ContainsKey(project) || AllBut.ContainsKey(project);

    public static bool Allows(string project, string reference) => Listed.TryGetValue(project, out string[]? allowed)
        ? allowed.Contains(reference)
        : AllBut.TryGetValue(project, out string[]? refused) && Lists(reference) && !refused.Contains(reference);
}
