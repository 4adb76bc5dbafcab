using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Levels, each held for a whole shot, swept up and down in turn: what drifts linearly then lies across all levels alike and is no nonlinearity.</summary>
/// <param name="LevelsVolts">[level], V, rising.</param>
/// <param name="Passes">Times through all levels; even.</param>
public sealed record SweepPlan(IReadOnlyList<float> LevelsVolts, int Passes)
{
    public int Levels => LevelsVolts.Count;

    public int Shots => Levels * Passes;

    /// <param name="share">Of the range, around its centre, 0 to 1.</param>
    public static SweepPlan Over(VoltRange range, double share, int levels, int passes)
    {
        if (levels < 5 || passes < 2 || passes % 2 != 0) { throw new ArgumentException($"Asked for {levels} levels in {passes} passes; possible are 5 levels and more in an even number of passes."); }
        double centre = Centre(range), half = share * (range.MaxVolts - (double)range.MinVolts) / 2;
        return new SweepPlan([.. Enumerable.Range(0, levels).Select(l => Math.Clamp((float)(centre - half + (2 * half * l / (levels - 1))), range.MinVolts, range.MaxVolts))], passes);
    }

    /// <summary>The operating point, V.</summary>
    public static double Centre(VoltRange range) => (range.MinVolts + (double)range.MaxVolts) / 2;

    /// <summary>The level of the i-th shot of a pass.</summary>
    public int LevelAt(int pass, int i) => pass % 2 == 0 ? i : Levels - 1 - i;
}
