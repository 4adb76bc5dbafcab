using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>How a bench answers a fixed random probe, and how far another answer may lie from that before it is another bench.</summary>
/// <remarks>
/// An answer is compared in three parts, for benches drift in them differently: the gain and the offset that bring it closest to the kept one (a laser's power, an
/// amplifier), and what is then left of it, its shape (the physics). Each part has an allowed drift and, on top, what noise does with a stated probability:
/// gain and offset by Student's t over their scatter from repeat to repeat, shape by the law of √(Σ (left/width)²/outputs). A width holds noise of both means, what
/// rounding leaves in them, and the allowed drift of shape. Noise of outputs of one shot may move together, so Σ follows a weighted sum of chi-squares, taken as g·χ²(h)
/// with the same mean and variance (Satterthwaite), h from an estimate of tr C² that is unbiased although there are fewer repeats than outputs (Bai and Saranadasa,
/// Statistica Sinica 6, 311, 1996). Widths are estimated, so noise's part is inflated by ν/(ν−2), the mean of a squared Student t.
/// </remarks>
/// <param name="Seed">Of the probe's volts.</param>
/// <param name="ProbeShots">Different shots of the probe.</param>
/// <param name="Repeats">Of the calibration.</param> <param name="LookRepeats">Of every later look.</param>
/// <param name="Allowed">What drift is no other bench.</param>
/// <param name="FalseAlarms">How often the same bench within that drift is refused at most, 0 to 1.</param>
/// <param name="SpreadVolts">Standard deviation of the mean answer over outputs, V.</param>
/// <param name="EffectiveOutputs">h: independent outputs that scatter as these do.</param>
/// <param name="MostGain">The largest |gain − 1| that fits, 1.</param> <param name="MostOffset">The largest offset that fits, in spreads.</param>
/// <param name="MostWidths">The largest distance of shape that fits.</param>
/// <param name="MeanVolts">[shot, sample], V.</param> <param name="NoiseVolts">[shot, sample], V: of one reading.</param> <param name="WidthVolts">[shot, sample], V.</param>
public sealed record Fingerprint(
    ulong Seed, int ProbeShots, int Repeats, int LookRepeats, AllowedDrift Allowed, double FalseAlarms, double SpreadVolts, double EffectiveOutputs,
    double MostGain, double MostOffset, double MostWidths, double[] MeanVolts, double[] NoiseVolts, double[] WidthVolts)
{
    private const int Parts = 3; // that share the false alarms

    /// <param name="meanVolts">[shot, sample], V, of another answer.</param>
    public FingerprintLook Look(ReadOnlySpan<double> meanVolts)
    {
        AnswerFit fit = AnswerFit.Of(meanVolts, MeanVolts, WidthVolts);
        return new FingerprintLook(fit.Gain - 1, MostGain, (fit.OffsetVolts + ((fit.Gain - 1) * MeanVolts.Average())) / SpreadVolts, MostOffset, fit.Widths, MostWidths);
    }

    /// <param name="answers">Of the calibration.</param>
    /// <param name="stepVolts">Of the measuring converter, V; 0 when it does not round.</param>
    /// <exception cref="PhysicalSystemException">The answer does not depend on the probe.</exception>
    internal static Fingerprint Of(ProbeAnswers answers, ProbeSettings settings, double stepVolts, string name)
    {
        double[] mean = answers.MeanVolts(), noise = answers.NoiseVolts();
        double centre = mean.Average(), spread = Math.Sqrt(mean.Average(v => (v - centre) * (v - centre)));
        if (!(spread > 0)) { throw new PhysicalSystemException($"{name} answers {centre:G4} V whatever is played; there is nothing to know it by."); }
        double both = (1.0 / settings.Repeats) + (1.0 / settings.LookRepeats), drift = settings.Allowed.Shape * spread;
        double[] width = [.. noise.Select(s => Math.Sqrt((s * s * both) + (2 * Math.Pow(Quantisation.ResidualVolts(s, stepVolts), 2)) + (drift * drift)))];
        if (width.Any(w => w == 0)) { throw new PhysicalSystemException($"{name} has neither noise nor steps, so an allowed drift of 0 % would refuse it after its smallest change; allow some."); }

        int outputs = mean.Length;
        double noisy = 0;
        for (int i = 0; i < outputs; i++) { noisy += noise[i] * noise[i] * both / (width[i] * width[i]); }
        double squared = Math.Clamp(answers.TraceOfSquare(width) * both * both, noisy * noisy / outputs, noisy * noisy);
        double free = settings.Repeats - 1, h = noisy == 0 ? outputs : noisy * noisy / squared, alarms = settings.FalseAlarms / Parts;
        double noisePart = noisy == 0 ? 0 : squared / noisy * Uncertain.ChiSquareQuantile(1 - alarms, h) * free / (free - 2);
        double t = Uncertain.StudentQuantile(1 - (alarms / 2), free);
        AnswerFit[] each = [.. answers.Volts.Select(answer => AnswerFit.Of([.. answer.Select(v => (double)v)], mean, width))];
        double gain = Scatter(each.Select(fit => fit.Gain)), offset = Scatter(each.Select(fit => fit.OffsetVolts + ((fit.Gain - 1) * centre))) / spread;
        double rounding = Math.Sqrt(2.0 / outputs) * Quantisation.ResidualVolts(noise.Average(), stepVolts) / spread; // of each mean, averaged over outputs
        return new Fingerprint(
            settings.Seed, settings.ProbeShots, settings.Repeats, settings.LookRepeats, settings.Allowed, settings.FalseAlarms, spread, h,
            settings.Allowed.Gain + (t * (gain + rounding)), settings.Allowed.Gain + (t * (offset + rounding)), Math.Sqrt((outputs - noisy + noisePart) / outputs), mean, noise, width);

        double Scatter(IEnumerable<double> repeats)
        {
            double[] r = [.. repeats];
            return Math.Sqrt(both * r.Sum(v => Math.Pow(v - r.Average(), 2)) / (r.Length - 1));
        }
    }
}

/// <summary>What drift is no other bench.</summary>
/// <param name="Gain">Of the answers' gain, and of their offset in spreads, 0 to 1.</param>
/// <param name="Shape">Of what gain and offset do not account for, rms, in spreads, 0 to 1.</param>
public sealed record AllowedDrift(double Gain, double Shape)
{
    /// <summary>For a bench that nothing is known of; ours.</summary>
    public static AllowedDrift Usual { get; } = new(0.02, 0.01);
}

/// <summary>The probe and what is asked of it.</summary>
public sealed record ProbeSettings
{
    public ulong Seed { get; init; } = 0xF1A9;

    public int ProbeShots { get; init; } = 8;

    public int Repeats { get; init; } = 64;

    public int LookRepeats { get; init; } = 32;

    public AllowedDrift Allowed { get; init; } = AllowedDrift.Usual;

    /// <summary>Of looks at the same bench, at most; ours.</summary>
    public double FalseAlarms { get; init; } = 1e-4;
}
