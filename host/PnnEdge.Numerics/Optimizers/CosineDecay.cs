namespace PnnEdge.Numerics.Optimizers;

/// <summary>Half a cosine from the first rate down to a floor.</summary>
public static class CosineDecay
{
    /// <param name="step">0 gives <paramref name="firstRate"/>; <paramref name="steps"/> and beyond give the floor.</param>
    public static double Rate(double firstRate, int step, int steps, double floorFraction = 0.01)
    {
        double done = steps <= 0 ? 1 : Math.Clamp((double)step / steps, 0, 1);
        return firstRate * (floorFraction + ((1 - floorFraction) * 0.5 * (1 + Math.Cos(Math.PI * done))));
    }
}
