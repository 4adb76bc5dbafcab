using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Rendering;

/// <summary>Which firmware a device runs, for people.</summary>
internal static class BootWords
{
    public static string Of(BootState boot) => boot switch
    {
        BootState.Factory => "what was flashed",
        BootState.SlotA => "slot A",
        BootState.SlotB => "slot B",
        BootState.TrialA => "slot A, on trial",
        BootState.TrialB => "slot B, on trial",
        _ => "what was flashed, in safe mode",
    };
}
