using System.Text.Json.Serialization;
using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Linear;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>How a reading depends on the samples played just before and after it: the channel's response at a few lags, from white random samples.</summary>
/// <param name="FirstLag">Of <paramref name="Taps"/>; samples that the reading comes later.</param>
/// <param name="Taps">[lag], volts read per volt played.</param>
/// <param name="PeakLag">Of the largest, samples.</param>
/// <param name="DelaySamples">Between playing and reading, to parts of a sample: the slope of the response's phase up to half of the highest frequency. Not a number where the response
/// has not faded at the outermost lags: then the slope would be that of the lags looked at, which lie where chance puts the largest of many like taps.</param>
/// <param name="UnexplainedShare">Of the readings' variance that these lags do not give, 0 to 1.</param>
public sealed record LagResponse(int FirstLag, Uncertain[] Taps, int PeakLag, Uncertain DelaySamples, double UnexplainedShare)
{
    private const int Before = 4;
    private const int After = 8;
    private const int EdgeBefore = 8;
    private const int Frequencies = 8;
    private const int Inner = 3;

    /// <summary>Of the largest tap; ours. A delay of half a sample, band-limited, leaves 7 % at the nearest end.</summary>
    private const double MostAtTheEnds = 0.25;

    /// <summary>Between playing and the response's <see cref="LeadingEdge"/>, of a response that may last longer than the lags; null where that cannot be told, and in a file from before it was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // such a file's id is a hash of what stands in it
    public Uncertain? EdgeSamples { get; init; }

    /// <summary>The largest of the others, against the largest of all.</summary>
    public NeighbourTap Neighbour
    {
        get
        {
            double main = Taps[PeakLag - FirstLag].Value;
            int at = Enumerable.Range(0, Taps.Length).Where(i => i != PeakLag - FirstLag).MaxBy(i => Math.Abs(Taps[i].Value));
            return new NeighbourTap(FirstLag + at, Taps[at].Times(1 / main));
        }
    }

    /// <summary>
    /// As <see cref="Neighbour"/> of what is passed up to half of the highest frequency: near that, converters with a filter of their own pass nothing, which all lags share in and
    /// more of them than are taken, so that these fade out (a Hann window).
    /// </summary>
    public NeighbourTap NeighbourInBand()
    {
        // Least squares of the response at these frequencies on that of three taps around the largest: [row, tap], how each of the taps counts in them.
        double[] normal = new double[Inner * Inner], counts = new double[Inner * Taps.Length];
        for (int f = 0; f <= Frequencies; f++)
        {
            double w = Math.PI / 2 * f / Frequencies;
            for (int i = 0; i < Inner; i++)
            {
                for (int k = 0; k < Taps.Length; k++) { counts[(i * Taps.Length) + k] += Fade(FirstLag + k - PeakLag) * Math.Cos(w * (FirstLag + k - PeakLag - i + 1)); }
                for (int j = 0; j < Inner; j++) { normal[(i * Inner) + j] += Math.Cos(w * (i - j)); }
            }
        }

        _ = Cholesky.Solve(normal, counts, Inner); // three taps differ at nine frequencies
        double[] inner = [.. Enumerable.Range(0, Inner).Select(i => Taps.Select((tap, k) => counts[(i * Taps.Length) + k] * tap.Value).Sum())];
        int at = Math.Abs(inner[0]) > Math.Abs(inner[2]) ? 0 : 2;
        double variance = Taps.Select((tap, k) => Math.Pow(counts[(at * Taps.Length) + k] * tap.StandardUncertainty, 2)).Sum(); // white samples: taps are nearly independent
        return new NeighbourTap(PeakLag + at - 1, new Uncertain(inner[at], Math.Sqrt(variance), Taps[0].DegreesOfFreedom).Times(1 / (inner[1] * Fade(1))));

        static double Fade(int lag) => Math.Abs(lag) > Before ? 0 : 0.5 + (0.5 * Math.Cos(Math.PI * lag / (Before + 1)));
    }

    /// <param name="share">Of the range, around its centre, that the samples are drawn from.</param>
    /// <param name="shape">Of the shots.</param>
    /// <param name="seen">Given every reading, V.</param>
    public static async Task<LagResponse> MeasureAsync(
        IPhysicalSystem system, ShotShape shape, double share, int shots, ulong firstShot, Action<ReadOnlySpan<float>> seen, CancellationToken cancellation)
    {
        SystemDescription described = system.Description;
        var random = new SeededRandom(seed: 0, stream: 0x1A6);
        double centre = SweepPlan.Centre(described.StimulusRange), half = share * (described.StimulusRange.MaxVolts - (double)described.StimulusRange.MinVolts) / 2;
        float[] volts = new float[shots * described.StimulusSamples];
        foreach (ref float v in volts.AsSpan()) { v = (float)(centre + (half * ((2 * random.NextDouble()) - 1))); }
        Measurement measured = await system.RunAsync(new Stimulus(firstShot, shots, volts, ActuatorCentre.Of(described)), cancellation);
        seen(measured.Volts);
        return Of(measured, described.StimulusSamples, described.MeasurementSamples, shape.MeasurementStartSample, centre);
    }

    internal static LagResponse Of(Measurement measured, int played, int read, int start, double centre)
    {
        double mean = measured.Volts.Average(v => (double)v);
        int reach = Math.Min(played / 2, 64);
        int peak = Enumerable.Range(-Math.Min(reach, 16), reach + Math.Min(reach, 16) + 1).MaxBy(lag => Math.Abs(LagFit.Correlation(measured, played, read, start, lag, centre, mean)));
        int first = peak - Before, taps = Before + After + 1;
        LagFit fit = LagFit.Of(measured, played, read, start, first, taps, centre, mean)
            ?? throw new PhysicalSystemException($"Shots of {played} samples played and {read} read are too short for a response at {taps} lags.");
        double[] h = fit.Taps;
        Uncertain[] each = [.. h.Select((v, i) => new Uncertain(v, Math.Sqrt(fit.Variance(i)), fit.Free))];
        int largest = first + Enumerable.Range(0, taps).MaxBy(i => Math.Abs(h[i]));
        bool isWhole = Math.Max(Math.Abs(h[0]), Math.Abs(h[^1])) <= MostAtTheEnds * Math.Abs(h[largest - first]);
        Uncertain delay = isWhole ? Delay(h, first, largest, fit.Covariance, taps + 1, fit.Free) : new Uncertain(double.NaN, double.NaN, fit.Free);
        LagFit? wide = LagFit.Of(measured, played, read, start, -EdgeBefore, reach + EdgeBefore + 1, centre, mean);
        return new LagResponse(first, each, largest, delay, fit.UnexplainedShare) { EdgeSamples = wide is null ? null : LeadingEdge.Of(wide, -EdgeBefore) };
    }

    private static Uncertain Delay(double[] h, int first, int largest, double[] covariance, int stride, double free)
    {
        double delay = Of(h), variance = 0;
        double nudge = 1e-6 * h.Max(Math.Abs);
        double[] slope = [.. Enumerable.Range(0, h.Length).Select(i =>
        {
            double[] moved = [.. h];
            moved[i] += nudge;
            return (Of(moved) - delay) / nudge;
        })];
        for (int i = 0; i < h.Length; i++)
        {
            for (int j = 0; j < h.Length; j++) { variance += slope[i] * slope[j] * covariance[(i * stride) + j]; }
        }

        return new Uncertain(delay, Math.Sqrt(Math.Max(0, variance)), free);

        // Against the largest tap, so that no phase leaves ±π where a delay is meant.
        double Of(double[] taps)
        {
            double above = 0, below = 0;
            for (int f = 1; f <= Frequencies; f++)
            {
                double w = Math.PI / 2 * f / Frequencies, real = 0, imaginary = 0;
                for (int k = 0; k < taps.Length; k++)
                {
                    double lag = first + k - largest;
                    real += taps[k] * Math.Cos(w * lag);
                    imaginary -= taps[k] * Math.Sin(w * lag);
                }

                double phase = taps[largest - first] < 0 ? Math.Atan2(-imaginary, -real) : Math.Atan2(imaginary, real);
                above -= w * phase;
                below += w * w;
            }

            return largest + (above / below);
        }
    }
}

/// <param name="Lag">Samples.</param>
/// <param name="Ratio">To the largest tap, 1.</param>
public readonly record struct NeighbourTap(int Lag, Uncertain Ratio)
{
    public double Decibels => 20 * Math.Log10(Math.Abs(Ratio.Value));
}
