using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>How often each step of the measuring converter is read while the drive climbs through all of its own: the code density test of IEEE 1241.</summary>
/// <param name="Codes">Judged: those inside the usable range.</param>
/// <param name="Missing">Read at most a tenth as often as the mean, which is IEEE 1241's missing code (DNL ≤ −0.9).</param>
/// <param name="WorstSteps">Largest |DNL|, steps; of the pair of converters, for a wire cannot tell one's from the other's.</param>
/// <param name="StandardUncertaintySteps">Of each DNL, steps: counts of so many readings, taken as Poisson's, which a climbing drive stays below.</param>
public sealed record CodeDensity(int Codes, int Missing, double WorstSteps, double StandardUncertaintySteps)
{
    private const int Passes = 16;

    /// <summary>Below, noise does not spread a level over codes, and steps of two converters beat (ours).</summary>
    private const double LeastNoiseSteps = 0.4;

    private const int MostCodes = 1 << 14;

    /// <returns>Null where it would tell nothing: rounding without noise, a converter too fine for the shots, a shot that is not read while it is driven.</returns>
    /// <param name="seen">Given every reading, V.</param>
    public static async Task<CodeDensity?> MeasureAsync(
        IPhysicalSystem system, ShotShape shape, UsableRange range, NoiseFloor noise, ShotCounter counter, Action<int, int> progress, Action<ReadOnlySpan<float>> seen, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        if (!CanTell(d, shape, range, noise)) { return null; }
        float[] climb = Climb(d, range);
        int shots = climb.Length / d.StimulusSamples;
        var counts = new Dictionary<int, int>();
        for (int pass = 0; pass < Passes; pass++)
        {
            Measurement measured = await system.RunAsync(new Stimulus(counter.Take(shots), shots, climb, ActuatorCentre.Of(d)), cancellation);
            seen(measured.Volts);
            foreach (float v in measured.Volts)
            {
                int code = Code(v);
                counts[code] = counts.GetValueOrDefault(code) + 1;
            }

            progress((pass + 1) * shots, Passes * shots);
        }

        // A few noise widths inside, where every code has all of its readings.
        double edge = 5 * noise.WorstVolts;
        int first = Code(range.ReadVolts.MinVolts + edge) + 1, last = Code(range.ReadVolts.MaxVolts - edge) - 1;
        int[] judged = [.. Enumerable.Range(first, last - first + 1).Select(code => counts.GetValueOrDefault(code))];
        double mean = judged.Average();
        return new CodeDensity(judged.Length, judged.Count(n => n <= 0.1 * mean), judged.Max(n => Math.Abs((n / mean) - 1)), Math.Sqrt(1 / mean));

        int Code(double volts) => (int)Math.Round((volts - d.MeasurementRange.MinVolts) / d.MeasurementStepVolts);
    }

    private static bool CanTell(SystemDescription d, ShotShape shape, UsableRange range, NoiseFloor noise) =>
        d.MeasurementStepVolts > 0 && d.StimulusStepVolts > 0 && shape.MeasurementStartSample == 0 && d.StimulusSamples == d.MeasurementSamples
        && (range.DriveVolts.MaxVolts - range.DriveVolts.MinVolts) / d.StimulusStepVolts <= MostCodes
        && (range.ReadVolts.MaxVolts - range.ReadVolts.MinVolts) / d.MeasurementStepVolts >= 64
        && Quantisation.NoiseInFront(noise.Volts, d.MeasurementStepVolts) >= LeastNoiseSteps * d.MeasurementStepVolts;

    // Every step of the drive once, in whole shots: the last one stays at the top.
    private static float[] Climb(SystemDescription d, UsableRange range)
    {
        int steps = (int)((range.DriveVolts.MaxVolts - range.DriveVolts.MinVolts) / d.StimulusStepVolts) + 1, shots = (steps + d.StimulusSamples - 1) / d.StimulusSamples;
        float[] climb = new float[shots * d.StimulusSamples];
        for (int i = 0; i < climb.Length; i++) { climb[i] = Math.Min((float)(range.DriveVolts.MinVolts + (Math.Min(i, steps - 1) * d.StimulusStepVolts)), range.DriveVolts.MaxVolts); }
        return climb;
    }
}
