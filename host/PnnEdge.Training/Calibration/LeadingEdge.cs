namespace PnnEdge.Training.Calibration;

/// <summary>When a response rises: where its first flank reaches half of its largest tap. Unlike a centroid it needs no response that fades, and unlike the first tap off zero no threshold in noise.</summary>
internal static class LeadingEdge
{
    /// <summary>Of the largest tap; half, as a pulse's delay is usually taken.</summary>
    private const double Share = 0.5;

    // Of the largest tap's σ. Half of it is then 5 σ: one of 73 lags before the flank gets there by chance in 4e-5 of the measurements.
    private const double LeastSigmas = 10;

    /// <returns>
    /// Samples from playing to the flank, between lags by a straight line, so half a sample before a tap that stands alone. Its 95 % interval reaches as far as the flank moves where every
    /// tap moves by its own and half of the largest with it; and at least as far as they would move a line from a quarter to half of the largest, for of two taps a steep step may be noise.
    /// Null where the response still grows at the last lag or stands out of noise too little.
    /// </returns>
    /// <param name="first">Lag of the fit's first tap.</param>
    public static Uncertain? Of(LagFit fit, int first)
    {
        int peak = Enumerable.Range(0, fit.Taps.Length).MaxBy(i => Math.Abs(fit.Taps[i]));
        double height = Math.Abs(fit.Taps[peak]), quantile = Uncertain.StudentQuantile(0.975, fit.Free);
        if (peak == fit.Taps.Length - 1 || !(height > LeastSigmas * Math.Sqrt(fit.Variance(peak)))) { return null; }
        if (At(Share, 0) is not double at || At(Share / 2, 0) is not double foot || At(Share, -quantile) is not double early || At(Share, quantile) is not double late) { return null; }
        double line = Sigma((int)Math.Ceiling(at)) * (at - foot) / (height * Share / 2);
        return new Uncertain(first + at, Math.Max(line, Math.Max(late - at, at - early) / quantile), fit.Free);

        // Where the flank gets to a share of the largest tap, and so many σ of the two together beyond.
        double? At(double share, double sigmas)
        {
            for (int i = 1; i <= peak; i++)
            {
                double sign = Math.Sign(fit.Taps[i]), above = Above(i), before = Above(i - 1);
                if (above >= 0) { return i - (before < 0 ? above / (above - before) : 1); }

                double Above(int tap) => (sign * fit.Taps[tap]) - (share * height) - (sigmas * Sigma(tap));
            }

            return null;
        }

        double Sigma(int tap) => Math.Sqrt(fit.Variance(tap) + (Share * Share * fit.Variance(peak)));
    }
}
