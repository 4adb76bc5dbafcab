namespace PnnEdge.Physics.Channel;

/// <summary>A smooth random function of the logical shot index, mean 0 and variance 1: any shot's value without the shots before it.</summary>
internal static class SlowWalk
{
    /// <param name="shotsPerKnot">Correlation length, shots.</param>
    /// <param name="walk">Which of a stream's independent walks.</param>
    public static double At(ChanceSource chance, ChanceStream stream, ulong shot, ulong shotsPerKnot, uint walk = 0)
    {
        ulong knot = shot / shotsPerKnot;
        double t = (shot - knot * shotsPerKnot) / (double)shotsPerKnot;
        double right = t * t * (3 - 2 * t);
        double left = 1 - right;

        // Divided by the weights' length: a plain mean of two knots would be quieter between them.
        return (left * chance.NearNormal(stream, knot, walk) + right * chance.NearNormal(stream, unchecked(knot + 1), walk))
            / Math.Sqrt(left * left + right * right);
    }
}
