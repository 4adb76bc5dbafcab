namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>How a bench on a Pi is named beside other systems: this computer's own buses, or simulated chips before a simulated bench.</summary>
public static class PiAddress
{
    public const string Local = "pi://local";

    public const string Simulated = "pi://simulated";

    public static bool IsOne(string text) => text.StartsWith("pi://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for one of the two; else one sentence.</summary>
    public static string? Refusal(string text) => text is Local or Simulated
        ? null
        : $"Asked for a bench at '{text}'; it is {Local} for the buses of this Raspberry Pi, or {Simulated}, and --rig names the rig.";
}
