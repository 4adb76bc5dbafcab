namespace PnnEdge.Physics.Plate;

/// <summary>What an exponential decay needs at small exponents.</summary>
internal static class Decay
{
    /// <summary>(1 − e^−x)/x: the mean of e^−x·s over s from 0 to 1. At 0 it is 1.</summary>
    public static double Mean(double x) =>
        // Below 1e-3 the difference 1 − e^−x loses digits; the next term of the series is 1e-14.
        Math.Abs(x) < 1e-3 ? 1 - x / 2 * (1 - x / 3 * (1 - x / 4)) : (1 - Math.Exp(-x)) / x;
}
