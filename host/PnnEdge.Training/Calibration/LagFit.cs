using PnnEdge.Numerics.Linear;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Least squares of every reading on the samples around it, and a constant.</summary>
/// <param name="Taps">[lag], volts read per volt played, from the first lag asked for.</param>
/// <param name="Covariance">[row, column] of the taps and the constant, their squares. Of white samples it holds beside a response at further lags too, which is noise then.</param>
/// <param name="Free">Degrees of freedom.</param>
/// <param name="UnexplainedShare">Of the readings' variance, 0 to 1.</param>
internal sealed record LagFit(double[] Taps, double[] Covariance, double Free, double UnexplainedShare)
{
    public double Variance(int tap) => Covariance[tap * (Taps.Length + 2)];

    /// <returns>Null where shots are too short for so many lags.</returns>
    /// <param name="played">Samples of a shot.</param> <param name="read">Of a shot.</param> <param name="start">The sample at which reading begins.</param>
    /// <param name="first">Lag, samples that the reading comes later.</param> <param name="centre">Of the samples played, V.</param> <param name="mean">Of the readings, V.</param>
    public static LagFit? Of(Measurement m, int played, int read, int start, int first, int taps, double centre, double mean)
    {
        int unknowns = taps + 1;
        double[] normal = new double[unknowns * unknowns], right = new double[unknowns * (unknowns + 1)];
        double[] row = new double[unknowns];
        double squares = 0;
        long equations = 0;
        Each(m, played, read, start, first, first + taps - 1, (at, x) =>
        {
            for (int k = 0; k < taps; k++) { row[k] = m.AppliedVolts[x - k] - centre; }
            row[taps] = 1;
            double y = m.Volts[at] - mean;
            for (int i = 0; i < unknowns; i++)
            {
                right[i * (unknowns + 1)] += row[i] * y;
                for (int j = 0; j < unknowns; j++) { normal[(i * unknowns) + j] += row[i] * row[j]; }
            }

            squares += y * y;
            equations++;
        });
        double[] moment = [.. Enumerable.Range(0, unknowns).Select(i => right[i * (unknowns + 1)])];
        for (int i = 0; i < unknowns; i++) { right[(i * (unknowns + 1)) + 1 + i] = 1; }
        if (equations <= unknowns || !Cholesky.Solve(normal, right, unknowns)) { return null; }

        double[] h = [.. Enumerable.Range(0, unknowns).Select(i => right[i * (unknowns + 1)])];
        double free = equations - unknowns, variance = Math.Max(0, squares - h.Zip(moment, (a, b) => a * b).Sum()) / free;
        double[] covariance = new double[unknowns * unknowns];
        for (int i = 0; i < unknowns; i++)
        {
            for (int j = 0; j < unknowns; j++) { covariance[(i * unknowns) + j] = variance * right[(i * (unknowns + 1)) + 1 + j]; }
        }

        return new LagFit(h[..taps], covariance, free, squares == 0 ? 1 : variance * free / squares);
    }

    /// <summary>Σ reading·sample at one lag, V².</summary>
    public static double Correlation(Measurement m, int played, int read, int start, int lag, double centre, double mean)
    {
        double sum = 0;
        Each(m, played, read, start, lag, lag, (at, x) => sum += (m.Volts[at] - mean) * (m.AppliedVolts[x] - centre));
        return sum;
    }

    /// <summary>Every reading whose samples at all of these lags were played in its own shot.</summary>
    /// <param name="use">Index of the reading, index of the sample played at the first lag.</param>
    private static void Each(Measurement m, int played, int read, int start, int firstLag, int lastLag, Action<int, int> use)
    {
        for (int shot = 0; shot < m.Shots; shot++)
        {
            for (int i = 0; i < read; i++)
            {
                int newest = start + i - firstLag;
                if (newest < played && start + i - lastLag >= 0) { use((shot * read) + i, (shot * played) + newest); }
            }
        }
    }
}
