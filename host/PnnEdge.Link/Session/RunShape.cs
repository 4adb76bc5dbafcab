namespace PnnEdge.Link.Session;

/// <summary>How every shot of a run is to be played and sampled; the device may know a smaller block.</summary>
/// <param name="SampleRateHz">Asked; the device's reply says which it really plays.</param>
/// <param name="StimulusSamples">Played per shot.</param>
/// <param name="MeasurementSamples">Measured per shot.</param>
public sealed record RunShape(double SampleRateHz, int StimulusSamples, int MeasurementSamples)
{
    /// <summary>The first measured sample, counted from the first played one.</summary>
    public int MeasurementStartSample { get; init; }

    /// <summary>Samples at the rest code after each shot.</summary>
    public int RestSamples { get; init; }

    /// <summary>Waiting time after an actuator moved, µs.</summary>
    public uint SettleMicros { get; init; }

    /// <summary>Frames are not made longer than this even where the device takes longer ones, so that several are in flight at once, bytes.</summary>
    public int LongestFrameBytes { get; init; } = 16 * 1024;
}
