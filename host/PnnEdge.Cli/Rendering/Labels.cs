namespace PnnEdge.Cli.Rendering;

internal static class Labels
{
    /// <summary>What kind of system and data stand behind figures; every table and plot says it.</summary>
    /// <param name="simulated">No hardware is behind the system.</param>
    /// <param name="generated">No measured data is behind the task.</param>
    public static string Of(bool simulated, bool generated) =>
        (simulated ? "simulated, its parameters are ours" : "measured") + (generated ? "; generated data" : string.Empty);
}
