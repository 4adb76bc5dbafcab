namespace PnnEdge.Training.Systems;

/// <summary>How one shot lies on the sample clock: what is played, what is measured, and when.</summary>
/// <remarks>
/// A circuit is measured while it is driven. A pulse shaper or a set of oscillators is loaded first, word after word, and its result is read
/// out afterwards, while the drive rests.
/// </remarks>
/// <param name="StimulusSamples">Played.</param>
/// <param name="MeasurementSamples">Measured.</param>
/// <param name="MeasurementStartSample">The first measured sample, counted from the first played one.</param>
/// <param name="RestSamples">At rest after the last played one.</param>
public sealed record ShotShape(int StimulusSamples, int MeasurementSamples, int MeasurementStartSample, int RestSamples)
{
    /// <summary>Measured all the time that it is driven.</summary>
    public static ShotShape Throughout(int samples) => new(samples, samples, 0, 0);

    /// <summary>Loaded first, read afterwards.</summary>
    public static ShotShape LoadThenRead(int loaded, int read) => new(loaded, read, loaded, read);

    /// <summary>Samples that the shot occupies the converters.</summary>
    public int Samples => StimulusSamples + RestSamples;
}
