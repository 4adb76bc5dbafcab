namespace PnnEdge.Optics.Shaping;

/// <summary>What phase each of a modulator's 256 grey levels gives; a measured table, or a span bent by a gamma.</summary>
public sealed class PhaseTable
{
    public const int Levels = 256;

    private readonly double[] _levelsRad;
    private readonly double[] _cosines;
    private readonly double[] _sines;

    private PhaseTable(double[] levelsRad)
    {
        _levelsRad = levelsRad;
        _cosines = [.. levelsRad.Select(Math.Cos)];
        _sines = [.. levelsRad.Select(Math.Sin)];
        for (int level = 1; level < Levels; level++) { LargestStepRad = Math.Max(LargestStepRad, levelsRad[level] - levelsRad[level - 1]); }
        LargestStepRad = Math.Max(LargestStepRad, (2 * Math.PI) - (levelsRad[^1] - levelsRad[0]));
    }

    /// <summary>No phase is further than half of this from a level.</summary>
    public double LargestStepRad { get; }

    /// <param name="levelsRad">[grey level], rad, rising, over at least one turn less a twentieth.</param>
    /// <exception cref="ArgumentException">One sentence.</exception>
    public static PhaseTable Of(IReadOnlyList<double> levelsRad)
    {
        if (levelsRad.Count != Levels) { throw new ArgumentException($"A phase table has {Levels} levels; this one has {levelsRad.Count}.", nameof(levelsRad)); }
        for (int level = 1; level < Levels; level++)
        {
            if (!(levelsRad[level] > levelsRad[level - 1]))
            {
                throw new ArgumentException($"A phase table rises from level to level; level {level} has {levelsRad[level]} rad after {levelsRad[level - 1]} rad.", nameof(levelsRad));
            }
        }

        double span = levelsRad[^1] - levelsRad[0];
        return span >= 0.95 * 2 * Math.PI
            ? new PhaseTable([.. levelsRad])
            : throw new ArgumentException($"A phase table spans a turn, {2 * Math.PI:F2} rad, or {0.95 * 2 * Math.PI:F2} rad at least; this one spans {span:F2} rad.", nameof(levelsRad));
    }

    /// <summary>span · (level/255)^gamma.</summary>
    public static PhaseTable Bent(double spanRad, double gamma) => Of([.. Enumerable.Range(0, Levels).Select(level => spanRad * Math.Pow(level / (Levels - 1.0), gamma))]);

    public double Rad(byte level) => _levelsRad[level];

    public double Cosine(byte level) => _cosines[level];

    public double Sine(byte level) => _sines[level];

    /// <summary>The grey level whose phase is nearest, turns left out.</summary>
    public byte Nearest(double rad)
    {
        double within = _levelsRad[0] + Modulo(rad - _levelsRad[0]);
        int above = Array.BinarySearch(_levelsRad, within);
        if (above >= 0) { return (byte)above; }
        above = ~above;
        int below = above - 1;
        if (above == Levels)
        {
            // Behind the last level comes the first one, a turn later.
            return _levelsRad[0] + (2 * Math.PI) - within < within - _levelsRad[^1] ? (byte)0 : (byte)(Levels - 1);
        }

        return _levelsRad[above] - within < within - _levelsRad[below] ? (byte)above : (byte)below;
    }

    private static double Modulo(double rad) => rad - (2 * Math.PI * Math.Floor(rad / (2 * Math.PI)));
}
