using PnnEdge.Training.Systems;

namespace PnnEdge.Link.Session;

/// <summary>How every shot of a run is to be played and sampled; the device may know a smaller block.</summary>
/// <param name="SampleRateHz">Asked; the device's reply says which it really plays.</param>
/// <param name="Shot">What is played and measured on that clock.</param>
public sealed record RunShape(double SampleRateHz, ShotShape Shot)
{
    /// <summary>Waiting time after an actuator moved, µs.</summary>
    public uint SettleMicros { get; init; }

    /// <summary>Frames are not made longer than this even where the device takes longer ones, so that several are in flight at once, bytes.</summary>
    public int LongestFrameBytes { get; init; } = 16 * 1024;
}
