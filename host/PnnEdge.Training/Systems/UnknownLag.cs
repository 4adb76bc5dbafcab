namespace PnnEdge.Training.Systems;

/// <summary>
/// A system whose inputs start apart from its outputs, by an amount that it does not know: what it measures stands late, by one amount for all
/// channels of a block and by another in the next. It plays and measures longer shots than were asked for, several channels side by side.
/// </summary>
/// <param name="MostSamples">The lag is between 0 and so much, whole or not.</param>
/// <param name="Shot">The shot that was asked for, which is what is left of the longer one once the lag is found.</param>
/// <param name="Played">Of each sample of the stimulus.</param>
/// <param name="Measured">Of each sample of the measurement.</param>
public sealed record UnknownLag(int MostSamples, ShotShape Shot, ChannelPlaces Played, ChannelPlaces Measured);

/// <summary>Which word of a sample belongs to the bench, and which to the wire from output to input that the lag is found by.</summary>
/// <param name="Count">Words of one sample.</param>
/// <param name="Bench">Its place among them.</param>
/// <param name="Reference">Its place among them; below 0 where there is no such wire.</param>
public readonly record struct ChannelPlaces(int Count, int Bench, int Reference);
