namespace PnnEdge.Physics.Plate;

/// <summary>
/// The shapes of a free beam on [0, 1], orthonormal: ∫X_m·X_n ds = δ_mn. X_0 is a shift, X_1 a tilt, the others bend:
/// X_n = cos βt/cos(β/2) + cosh βt/cosh(β/2) for even n, with sines for odd, t = s − ½ and cos β·cosh β = 1.
/// </summary>
internal static class FreeBeam
{
    /// <summary>As many as <see cref="PlateModes"/> may ask for; cosh(β/2) stays far from overflow.</summary>
    public const int MaxFunctions = 12;

    private static readonly double[] Waves = [0, 0, .. Enumerable.Range(1, MaxFunctions - 2).Select(Root)];

    /// <param name="n">Which, from 0.</param>
    /// <param name="s">Place along the beam, 0 to 1.</param>
    /// <param name="derivative">0, 1 or 2.</param>
    public static double At(int n, double s, int derivative)
    {
        if (n < 2)
        {
            return (n, derivative) switch
            {
                (0, 0) => 1,
                (1, 0) => Math.Sqrt(3) * (2 * s - 1),
                (1, 1) => 2 * Math.Sqrt(3),
                _ => 0,
            };
        }

        double wave = Waves[n];
        double t = wave * (s - 0.5);
        double slopes = Math.Pow(wave, derivative);
        bool even = n % 2 == 0;
        double circularEnd = even ? Math.Cos(wave / 2) : Math.Sin(wave / 2);
        double hyperbolicEnd = even ? Math.Cosh(wave / 2) : Math.Sinh(wave / 2);

        // The n-th derivative of cos or sin is the same function a quarter turn further; of cosh or sinh, the other one.
        double circular = even ? Math.Cos(t + derivative * Math.PI / 2) : Math.Sin(t + derivative * Math.PI / 2);
        double hyperbolic = even == (derivative % 2 == 0) ? Math.Cosh(t) : Math.Sinh(t);
        return slopes * (circular / circularEnd + hyperbolic / hyperbolicEnd);
    }

    // cos β = 1/cosh β near (k + ½)π.
    private static double Root(int k)
    {
        double wave = (k + 0.5) * Math.PI;
        for (int n = 0; n < 10; n++)
        {
            double miss = Math.Cos(wave) - 1 / Math.Cosh(wave);
            double slope = -Math.Sin(wave) + Math.Sinh(wave) / (Math.Cosh(wave) * Math.Cosh(wave));
            wave -= miss / slope;
        }

        return wave;
    }
}
