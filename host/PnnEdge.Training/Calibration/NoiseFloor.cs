namespace PnnEdge.Training.Calibration;

/// <summary>How much single readings of one level scatter, rounding included.</summary>
/// <param name="Volts">Pooled over levels, V.</param>
/// <param name="LowVolts">Lower end of its 95 % interval, by the chi-square law of a normal variance, V.</param> <param name="HighVolts">Upper end, V.</param>
/// <param name="WorstVolts">Of the noisiest level, V.</param> <param name="WorstDriveVolts">Where that is, V.</param>
/// <param name="EachVolts">[level], V.</param>
public sealed record NoiseFloor(double Volts, double LowVolts, double HighVolts, double DegreesOfFreedom, double WorstVolts, double WorstDriveVolts, double[] EachVolts)
{
    public static NoiseFloor Of(SweepReadings sweep, UsableRange range)
    {
        double[] noise = sweep.NoiseVolts[range.FirstLevel..(range.LastLevel + 1)];
        double free = (double)noise.Length * sweep.Samples * (sweep.Passes - 1), pooled = Math.Sqrt(noise.Average(v => v * v));
        int worst = Array.IndexOf(noise, noise.Max());
        return new NoiseFloor(
            pooled, pooled * Math.Sqrt(free / Uncertain.ChiSquareQuantile(0.975, free)), pooled * Math.Sqrt(free / Uncertain.ChiSquareQuantile(0.025, free)), free,
            noise[worst], sweep.AppliedVolts[range.FirstLevel + worst], noise);
    }
}
