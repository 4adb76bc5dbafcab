namespace PnnEdge.Training.Calibration;

/// <summary>What of a converter's rounding stays in the mean of many readings of one level.</summary>
public static class Quantisation
{
    /// <summary>
    /// The mean's error, rms over where the level lies between two codes, in steps. Noise dithers: the k-th harmonic of the rounding error, of amplitude 1/(πk), is
    /// weakened by exp(−2π²k²σ²) (Widrow and Kollár, Quantization Noise, 2008). 1/√12 without noise, 0.2 % of a step at half a step.
    /// </summary>
    /// <param name="noiseSteps">In front of the converter, rms, in steps.</param>
    public static double ResidualSteps(double noiseSteps)
    {
        if (noiseSteps == 0) { return 1 / Math.Sqrt(12); } // the sum below, which converges slowly there
        double sum = 0;
        for (int k = 1; k <= 10_000; k++)
        {
            double term = Math.Exp(-4 * Math.PI * Math.PI * k * k * noiseSteps * noiseSteps) / (2 * Math.PI * Math.PI * k * k);
            sum += term;
            if (term < 1e-12) { break; }
        }

        return Math.Sqrt(sum);
    }

    /// <param name="readVolts">Standard deviation of single readings, rounding included, V.</param>
    /// <returns>V; 0 for a converter that does not round.</returns>
    public static double ResidualVolts(double readVolts, double stepVolts) => stepVolts == 0 ? 0 : stepVolts * ResidualSteps(NoiseInFront(readVolts, stepVolts) / stepVolts);

    /// <summary>The noise in front of the converter, V; a small one cannot be told from none and counts as none.</summary>
    public static double NoiseInFront(double readVolts, double stepVolts) => Math.Sqrt(Math.Max(0, (readVolts * readVolts) - (stepVolts * stepVolts / 12)));
}
