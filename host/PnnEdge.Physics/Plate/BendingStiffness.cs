namespace PnnEdge.Physics.Plate;

/// <summary>
/// The bending energy of a free square plate between products of beam shapes, in units of D/a²:
/// ∫∫ u_xx·w_xx + u_yy·w_yy + ν(u_xx·w_yy + u_yy·w_xx) + 2(1 − ν)·u_xy·w_xy over the unit square.
/// </summary>
internal sealed class BendingStiffness
{
    // Simpson's rule on 512 intervals: the twelfth shape has 18 rad between them at most by 0.07, and 1e-8 of error.
    private const int Intervals = 512;

    private readonly double _poissonRatio;
    private readonly double[,] _bendBend; // ∫X_m″·X_n″
    private readonly double[,] _plainBend; // ∫X_m·X_n″
    private readonly double[,] _slopeSlope; // ∫X_m′·X_n′

    public BendingStiffness(double poissonRatio, int beamFunctions)
    {
        _poissonRatio = poissonRatio;
        double[][][] shape = [.. Enumerable.Range(0, 3).Select(derivative => Sampled(beamFunctions, derivative))];
        _bendBend = Integrals(shape[2], shape[2]);
        _plainBend = Integrals(shape[0], shape[2]);
        _slopeSlope = Integrals(shape[1], shape[1]);
    }

    /// <param name="products">(i, j) of X_i(x/a)·X_j(y/a).</param>
    /// <returns>[row][column], symmetric.</returns>
    public double[][] Of((int Across, int Along)[] products) =>
        [.. products.Select(a => products.Select(b => Between(a, b)).ToArray())];

    private double Between((int Across, int Along) a, (int Across, int Along) b)
    {
        double energy = 2 * (1 - _poissonRatio) * _slopeSlope[a.Across, b.Across] * _slopeSlope[a.Along, b.Along];
        energy += _poissonRatio * (_plainBend[b.Across, a.Across] * _plainBend[a.Along, b.Along]
            + _plainBend[a.Across, b.Across] * _plainBend[b.Along, a.Along]);
        energy += a.Along == b.Along ? _bendBend[a.Across, b.Across] : 0;
        energy += a.Across == b.Across ? _bendBend[a.Along, b.Along] : 0;
        return energy;
    }

    private static double[][] Sampled(int functions, int derivative) =>
        [.. Enumerable.Range(0, functions).Select(n =>
            Enumerable.Range(0, Intervals + 1).Select(at => FreeBeam.At(n, (double)at / Intervals, derivative)).ToArray())];

    private static double[,] Integrals(double[][] left, double[][] right)
    {
        double[,] integrals = new double[left.Length, right.Length];
        for (int m = 0; m < left.Length; m++)
        {
            for (int n = 0; n < right.Length; n++)
            {
                double sum = 0;
                for (int at = 0; at <= Intervals; at++)
                {
                    int weight = at is 0 or Intervals ? 1 : at % 2 == 1 ? 4 : 2;
                    sum += weight * left[m][at] * right[n][at];
                }

                integrals[m, n] = sum / (3 * Intervals);
            }
        }

        return integrals;
    }
}
