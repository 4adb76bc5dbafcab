namespace PnnEdge.Link.Session;

/// <summary>How patient a session is.</summary>
public sealed record SessionOptions
{
    /// <summary>Asked of the device, which grants what it can, ms. A host that is gone leaves safe outputs after this.</summary>
    public int LeaseMillis { get; init; } = 1000;

    /// <summary>Before an answer is missed, on top of what answers have taken so far, ms.</summary>
    public int ResponseMillis { get; init; } = 500;

    /// <summary>For a broker and a device that have not been seen yet, ms.</summary>
    public int FirstHelloMillis { get; init; } = 15_000;

    /// <summary>For a broker or a device that was there and went away, or that makes no progress, ms.</summary>
    public int GoneMillis { get; init; } = 120_000;

    /// <summary>After so long without progress the first word about it goes to <see cref="Progress"/>, and again at every such time, ms.</summary>
    public int NoticeMillis { get; init; } = 2_000;

    /// <summary>
    /// Longer frames are refused before anything is computed over them, and no plan asks for longer answers, bytes. What a host
    /// sends is bounded by the device's own MaxFrameBytes.
    /// </summary>
    public int MaxFrameBytes { get; init; } = 65_536;

    /// <summary>One line for a person who waits, such as "waiting for device lab/bench-1: …"; called on the session's thread.</summary>
    public Action<string> Progress { get; init; } = static _ => { };
}
