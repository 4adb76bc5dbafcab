using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Between a few shots' samples, one shot after the other, and lanes: one part of a shot (its pixels or its bins), one shot a lane.</summary>
internal static class LaneShots
{
    /// <param name="samples">[shot, sample of the shot].</param>
    /// <param name="first">Sample of the shot that the part begins at.</param>
    /// <param name="lanes">[sample of the part]; overwritten. Lanes without a shot repeat the last one.</param>
    public static void Load(int shots, ReadOnlySpan<float> samples, int first, Vector<float>[] lanes)
    {
        Span<float> values = MemoryMarshal.Cast<Vector<float>, float>(lanes.AsSpan());
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            ReadOnlySpan<float> shot = samples.Slice(Math.Min(lane, shots - 1) * ShotLayout.SamplesPerShot + first, lanes.Length);
            for (int at = 0; at < shot.Length; at++)
            {
                values[at * Vector<float>.Count + lane] = shot[at];
            }
        }
    }

    /// <param name="lanes">[sample of the part].</param>
    /// <param name="samples">[shot, sample of the shot]; overwritten, with 0 beside the part.</param>
    /// <param name="first">Sample of the shot that the part begins at.</param>
    public static void Store(int shots, Vector<float>[] lanes, Span<float> samples, int first)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<Vector<float>, float>(lanes.AsSpan());
        for (int lane = 0; lane < shots; lane++)
        {
            Span<float> shot = samples.Slice(lane * ShotLayout.SamplesPerShot, ShotLayout.SamplesPerShot);
            shot.Clear();
            for (int at = 0; at < lanes.Length; at++)
            {
                shot[first + at] = values[at * Vector<float>.Count + lane];
            }
        }
    }
}
