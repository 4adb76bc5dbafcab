using System.Numerics;
using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Random drives over the whole range that fast and slow parts of a system both answer at full swing: uniform volts, each held for a number of samples.</summary>
internal static class HeldVolts
{
    /// <summary>Of holding: for 1, 4, 16, … samples, as long as two fit into a shot.</summary>
    public static int Kinds(SystemDescription d) => 1 + (BitOperations.Log2((uint)Math.Max(1, d.StimulusSamples / 2)) / 2);

    /// <summary>Shots of all kinds in turn.</summary>
    /// <returns>[shot, sample], V.</returns>
    public static float[] Random(SeededRandom random, SystemDescription d, int shots)
    {
        float[] volts = new float[shots * d.StimulusSamples];
        for (int s = 0; s < shots; s++) { Fill(volts.AsSpan(s * d.StimulusSamples, d.StimulusSamples), random, d.StimulusRange, s % Kinds(d)); }
        return volts;
    }

    /// <param name="shot">[sample], V; overwritten.</param> <param name="kind">0 is the fastest.</param>
    public static void Fill(Span<float> shot, SeededRandom random, VoltRange range, int kind)
    {
        int hold = 1 << (2 * kind);
        for (int i = 0; i < shot.Length; i += hold)
        {
            float v = Math.Clamp(range.MinVolts + (random.NextSingle() * (range.MaxVolts - range.MinVolts)), range.MinVolts, range.MaxVolts);
            shot.Slice(i, Math.Min(hold, shot.Length - i)).Fill(v);
        }
    }
}
