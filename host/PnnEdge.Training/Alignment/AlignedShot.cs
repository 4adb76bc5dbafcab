using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Alignment;

/// <summary>How a shot lies in the longer one that is really played where inputs lag behind outputs: a little rest, shot and chirp side by side, rest for longer than the lag.</summary>
public sealed class AlignedShot
{
    /// <summary>Played at rest before shot and chirp, so that the interpolation at the first sample finds measured ones before it.</summary>
    public static int LeadSamples => FractionalDelay.OfShots.HalfTaps;

    /// <param name="shot">That was asked for.</param>
    /// <param name="mostLagSamples">Largest possible lag.</param>
    public AlignedShot(ShotShape shot, int mostLagSamples)
    {
        int played = LeadSamples + Math.Max(shot.StimulusSamples, LinearChirp.OfCodecs.Samples);
        int shotEnd = shot.MeasurementStartSample + shot.MeasurementSamples, chirpEnd = LinearChirp.OfCodecs.Samples + 1;
        int measured = LeadSamples + Math.Max(shotEnd, chirpEnd) + mostLagSamples + FractionalDelay.OfShots.HalfTaps;
        int all = Math.Max(measured, LeadSamples + shot.Samples);
        Played = new ShotShape(played, measured, 0, Math.Max(0, all - played));
    }

    /// <summary>For a sentence about a shot that does not fit: what stands beside it.</summary>
    public static string Beside(int mostLagSamples) => mostLagSamples == 0
        ? string.Empty
        : $" beside a chirp of {LinearChirp.OfCodecs.Samples} samples and a lag of up to {mostLagSamples} samples";

    /// <summary>What goes out and comes back.</summary>
    public ShotShape Played { get; }
}
