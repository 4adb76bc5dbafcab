namespace PnnEdge.Training.Alignment;

/// <summary>A band-limited signal between its samples: a sinc under Kaiser's window (Kaiser and Schafer, IEEE Trans. ASSP 28, 105, 1980), its weights scaled to sum to 1.</summary>
/// <param name="halfTaps">Samples taken on either side.</param>
/// <param name="beta">Of the window.</param>
public sealed class FractionalDelay(int halfTaps, double beta)
{
    /// <summary>Short, for shots that hardly fit a frame: at most 0.0004 of a tone's amplitude wrong up to 0.33 of the sample rate (32 kHz at 96 kS/s), and what does not change exact.</summary>
    public static FractionalDelay OfShots { get; } = new(8, 7);

    public int HalfTaps => halfTaps;

    /// <summary>[tap]: weights of the samples from <see cref="HalfTaps"/> − 1 before to <see cref="HalfTaps"/> behind.</summary>
    /// <param name="fraction">Of a sample after the one that it is counted from, 0 to 1.</param>
    public float[] Weights(double fraction)
    {
        double[] weights = [.. Enumerable.Range(1 - halfTaps, 2 * halfTaps).Select(tap => At(tap - fraction))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    private double At(double u)
    {
        double part = 1 - (u / halfTaps * (u / halfTaps));
        double window = part <= 0 ? 0 : Bessel(beta * Math.Sqrt(part)) / Bessel(beta);
        return Math.Abs(u) < 1e-12 ? window : window * Math.Sin(Math.PI * u) / (Math.PI * u);
    }

    // I₀ by its series; 40 terms reach double precision for arguments up to 12.
    private static double Bessel(double x)
    {
        double term = 1, sum = 1;
        for (int k = 1; k <= 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
