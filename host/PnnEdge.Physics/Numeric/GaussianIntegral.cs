namespace PnnEdge.Physics.Numeric;

/// <summary>Φ(x), the integral of the standard normal density from −∞ to x; to 1e-15, absolute.</summary>
internal static class GaussianIntegral
{
    // Below it the series, above it the continued fraction; both are then short.
    private const double SeriesEnd = 3;

    // Φ(−8.3) is 5e-17.
    private const double End = 8.3;

    public static double At(double x)
    {
        if (Math.Abs(x) < SeriesEnd)
        {
            return 0.5 + Middle(x);
        }

        double tail = Math.Abs(x) < End ? Tail(Math.Abs(x)) : 0;
        return x < 0 ? tail : 1 - tail;
    }

    // Φ(x) − ½ = φ(x)·(x + x³/3 + x⁵/(3·5) + …): every term has the sign of x, so none cancels.
    private static double Middle(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return Density(x) * sum;
    }

    // 1 − Φ(x) = φ(x)/(x + 1/(x + 2/(x + 3/(x + …)))), Laplace's; 60 levels suffice from x = 3 on.
    private static double Tail(double x)
    {
        double level = x;
        for (int n = 60; n > 0; n--)
        {
            level = x + n / level;
        }

        return Density(x) / level;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
