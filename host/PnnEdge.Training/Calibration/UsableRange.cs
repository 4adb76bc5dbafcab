using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>How far readings follow the drive.</summary>
/// <param name="FirstLevel">Of those that surely follow, and that figures are taken from.</param> <param name="LastLevel">Of those.</param>
/// <param name="DriveVolts">Between which drives readings follow, V: of those two levels, or what <see cref="EndsOn"/> makes of it.</param>
/// <param name="ReadVolts">Read at those two levels, V, the lower first.</param>
public sealed record UsableRange(int FirstLevel, int LastLevel, VoltRange DriveVolts, VoltRange ReadVolts)
{
    // A level is out where its step is less than half the middle's; ours: far from what INL does between two levels, far from none.
    private const double LeastSlope = 0.5;

    /// <summary>Standard deviations of a reading within which a rail takes some of them.</summary>
    private const double RailDeviations = 5;

    public int Levels => LastLevel - FirstLevel + 1;

    public static UsableRange Of(SweepReadings sweep, SystemDescription system)
    {
        int levels = sweep.AppliedVolts.Length, middle = levels / 2;
        double slope = MiddleSlope(sweep, levels);
        int low = Walk(middle, 0, -1), high = Walk(middle, levels - 1, 1);
        bool clipsLow = low > 0, clipsHigh = high < levels - 1;

        // The last level that still moved may have been caught half way.
        if (clipsLow && low < middle && !AtRail(low - 1)) { low++; }
        if (clipsHigh && high > middle && !AtRail(high + 1)) { high--; }
        double a = sweep.Mean(low), b = sweep.Mean(high);
        return new UsableRange(
            low, high, new VoltRange((float)sweep.AppliedVolts[low], (float)sweep.AppliedVolts[high]), new VoltRange((float)Math.Min(a, b), (float)Math.Max(a, b)));

        int Walk(int from, int to, int direction)
        {
            int level = from;
            while (level != to && Follows(level, level + direction) && !AtRail(level + direction)) { level += direction; }
            return level;
        }

        bool Follows(int here, int there) => slope != 0 && (sweep.Mean(there) - sweep.Mean(here)) / (sweep.AppliedVolts[there] - sweep.AppliedVolts[here]) / slope > LeastSlope;

        bool AtRail(int level)
        {
            double room = (RailDeviations * sweep.NoiseVolts[level]) + system.MeasurementStepVolts, read = sweep.Mean(level);
            return read < system.MeasurementRange.MinVolts + room || read > system.MeasurementRange.MaxVolts - room;
        }
    }

    /// <summary>The drives at which the line meets what the outermost levels read: finer than the levels are apart, and all of the range where nothing stands still.</summary>
    public UsableRange EndsOn(LineFit line, SweepReadings sweep)
    {
        double first = sweep.AppliedVolts[0], last = sweep.AppliedVolts[^1];
        double At(int level) => Math.Clamp((sweep.Mean(level) - line.OffsetVolts.Value) / line.Gain.Value, first, last);
        return this with
        {
            DriveVolts = new VoltRange(
                FirstLevel == 0 ? DriveVolts.MinVolts : (float)At(0), LastLevel == sweep.AppliedVolts.Length - 1 ? DriveVolts.MaxVolts : (float)At(sweep.AppliedVolts.Length - 1)),
        };
    }

    // Over the middle half, where nothing clips if anything is right.
    private static double MiddleSlope(SweepReadings sweep, int levels)
    {
        int a = levels / 4, b = levels - 1 - a;
        return (sweep.Mean(b) - sweep.Mean(a)) / (sweep.AppliedVolts[b] - sweep.AppliedVolts[a]);
    }
}
